//! What screens and API share about accounts.

use uuid::Uuid;

use super::Web;
use crate::desk::Result;
use crate::domain::org::OrgCode;
use crate::domain::user::Actor;

/// Asks an account's far side whether it would take a message, without posting
/// one. The network is asked outside any transaction.
pub async fn check_account(
    web: &Web,
    who: &Actor,
    code: &OrgCode,
    id: Uuid,
) -> Result<std::result::Result<String, String>> {
    let account = web.desk.account_to_check(who, code, id).await?;
    let Some(channels) = &web.channels else {
        return Ok(Ok("Nothing leaves this installation. Messages are captured.".into()));
    };
    let found = channels.check_account(&account, web.desk.now()).await;
    web.desk.note_check(who, code, id, &found).await?;
    Ok(found)
}
