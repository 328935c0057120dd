pub async fn run(_: Option<String>, _: u64) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
