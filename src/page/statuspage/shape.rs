//! The objects of Statuspage v2, in its order of fields.

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

#[derive(Serialize, Default)]
pub struct Body {
    pub page: Option<Page>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub components: Option<Vec<Component>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incidents: Option<Vec<IncidentJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_maintenances: Option<Vec<IncidentJson>>,
}

#[derive(Serialize)]
pub struct Page {
    pub id: Uuid,
    pub name: String,
    pub url: String,
    pub time_zone: &'static str,
    pub updated_at: String,
    pub nhs: Value,
}

#[derive(Serialize, Clone)]
pub struct Component {
    pub id: Uuid,
    pub name: &'static str,
    pub status: &'static str,
    pub created_at: String,
    pub updated_at: String,
    pub position: usize,
    pub description: Option<String>,
    pub showcase: bool,
    pub start_date: Option<String>,
    pub group_id: Option<Uuid>,
    pub page_id: Uuid,
    pub group: bool,
    pub only_show_if_degraded: bool,
    pub nhs: Value,
}

/// An incident, or a scheduled maintenance.
#[derive(Serialize)]
pub struct IncidentJson {
    pub id: Uuid,
    pub name: String,
    pub status: &'static str,
    pub created_at: String,
    pub updated_at: String,
    pub monitoring_at: Option<String>,
    pub resolved_at: Option<String>,
    pub impact: &'static str,
    pub shortlink: String,
    pub started_at: String,
    pub page_id: Uuid,
    pub incident_updates: Vec<UpdateJson>,
    pub components: Vec<Component>,
    pub reminder_intervals: Option<String>,
    /// What was learned.
    pub postmortem_body: Option<String>,
    pub postmortem_body_last_updated_at: Option<String>,
    pub postmortem_published_at: Option<String>,
    /// Both only of scheduled maintenances.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_until: Option<String>,
    pub nhs: Value,
}

#[derive(Serialize)]
pub struct UpdateJson {
    pub id: Uuid,
    pub status: &'static str,
    pub body: String,
    pub incident_id: Uuid,
    pub created_at: String,
    pub updated_at: String,
    pub display_at: String,
    pub affected_components: Option<Vec<Affected>>,
    pub deliver_notifications: bool,
    pub custom_tweet: Option<String>,
    pub tweet_id: Option<String>,
    pub nhs: Value,
}

#[derive(Serialize)]
pub struct Affected {
    pub code: Uuid,
    pub name: &'static str,
    pub old_status: &'static str,
    pub new_status: &'static str,
}
