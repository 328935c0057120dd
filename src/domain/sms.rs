//! placeholder
pub fn to_gsm(text: &str) -> String {
    text.to_owned()
}
pub fn septets(text: &str) -> Option<usize> {
    Some(text.len())
}
