//! Posts a text message again and again, with nothing on record: what Signpost's
//! sending is measured against (scripts/bench texts).
//!
//!   http_loop URL NUMBER

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// As many requests at once as Signpost makes to one provider.
const LINES: usize = 24;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(url), Some(number)) = (args.next(), args.next()) else {
        return Err("http_loop URL NUMBER".into());
    };
    let number: usize = number.parse()?;
    // reqwest wants to know who would encrypt, also where nobody does.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::new();
    let (next, began) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let mut lines = tokio::task::JoinSet::new();
    for _ in 0..LINES {
        let (client, url, next) = (client.clone(), url.clone(), Arc::clone(&next));
        lines.spawn(async move {
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= number {
                    return Ok::<_, reqwest::Error>(());
                }
                // Ofcom's drama range: nobody has these numbers.
                let to = format!("+447700900{:03}", n % 1000);
                let form = [("To", to.as_str()), ("From", "Signpost"), ("Body", BODY)];
                let request = client.post(&url).basic_auth("AC", Some("secret")).form(&form);
                request.send().await?.error_for_status()?.bytes().await?;
            }
        });
    }
    for line in lines.join_all().await {
        line?;
    }
    println!("{:.0}", number as f64 / began.elapsed().as_secs_f64());
    Ok(())
}

const BODY: &str = "Ashwick Surgery: our phones are not working. Come to your appointment unless we contact you. \
                    More: status.example.nhs.uk/Z80001";
