//! Tells whoever runs this when messages wait for longer than promised, and
//! when they no longer do: in the log, and by email, past the queue that is late.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::channels::Channels;
use crate::desk::queues::Late;
use crate::desk::{Desk, Result};
use crate::domain::delivery::{Address, Outcome, Outgoing};
use crate::domain::message::Message;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;
use crate::store::{holding, notices};

/// What the names of the notices begin with; a channel and a lane follow.
const LATE: &str = "late";
/// How seldom somebody is told of the same.
const EVERY: chrono::Duration = chrono::Duration::hours(1);
/// When the email could not be handed over, how soon another is tried.
const AGAIN: chrono::Duration = chrono::Duration::minutes(5);
/// For how long the news is worth delivering.
const WORTH: Duration = Duration::from_secs(24 * 3600);

/// Looks at the queues.
pub struct Watcher {
    desk: Desk,
    channels: Channels,
    /// The address to tell; without one, the log alone says it.
    operator: Option<String>,
}

impl Watcher {
    pub fn new(desk: Desk, channels: Channels, operator: Option<String>) -> Self {
        Self { desk, channels, operator }
    }

    /// Looks once. Gives whether there was anything to tell.
    pub async fn step(&self) -> Result<bool> {
        let halted = self.halted().await?;
        Ok(self.late().await? || halted)
    }

    /// Messages to a large audience that halted themselves, and wait for a person.
    async fn halted(&self) -> Result<bool> {
        let now = self.desk.now();
        let all = holding::halted(&mut self.desk.db.read().await?).await?;
        let mut told = false;
        for (update, by, title) in all {
            let name = format!("halted {update}");
            let mut tx = self.desk.db.write().await?;
            let is_news = notices::take(&mut tx, &name, now, now - EVERY).await?;
            tx.commit().await?;
            if is_news && !self.tell(&halted(update, &by, &title, &self.desk.base_url)).await {
                let mut tx = self.desk.db.write().await?;
                notices::put_back(&mut tx, &name, now - EVERY + AGAIN).await?;
                tx.commit().await?;
            }
            told |= is_news;
        }
        Ok(told)
    }

    /// Queues that are older than promised: each lane of each channel is told of by itself,
    /// so that one that was late before does not hide another.
    async fn late(&self) -> Result<bool> {
        let now = self.desk.now();
        let mut tx = self.desk.db.read().await?;
        let (lanes, late) = (self.desk.late_lanes(&mut tx).await?, self.desk.late(&mut tx).await?);
        drop(tx);
        let names: Vec<(Channel, String)> =
            lanes.iter().map(|(channel, lane, _)| (*channel, format!("{LATE} {channel} {lane}"))).collect();
        let (mut news, mut over) = (Vec::new(), false);
        let mut tx = self.desk.db.write().await?;
        for (channel, name) in &names {
            if notices::take(&mut tx, name, now, now - EVERY).await? {
                news.push((*channel, name));
            }
        }
        for name in notices::open(&mut tx, LATE).await? {
            if !names.iter().any(|(_, late)| *late == name) {
                over |= notices::end(&mut tx, &name).await?;
            }
        }
        tx.commit().await?;
        if over && names.is_empty() {
            tracing::info!("messages leave in time again");
            self.tell(&in_time(&self.desk.base_url)).await;
            return Ok(true);
        }
        if news.is_empty() {
            return Ok(false);
        }
        let late: Vec<Late> = late
            .into_iter()
            .filter(|late| news.iter().any(|(channel, _)| *channel == late.channel))
            .collect();
        let told: Vec<String> = late.iter().map(|l| l.told(now)).collect();
        tracing::error!(late = told.join(" "), "messages are late");
        if !self.tell(&about(&late, told, &self.desk.base_url)).await {
            let mut tx = self.desk.db.write().await?;
            for (_, name) in news {
                notices::put_back(&mut tx, name, now - EVERY + AGAIN).await?;
            }
            tx.commit().await?;
        }
        Ok(true)
    }

    /// Emails the operator by the first relay that takes it. Gives `false` when
    /// none did.
    async fn tell(&self, message: &Message) -> bool {
        let Some(operator) = &self.operator else { return true };
        let (now, delivery) = (self.desk.now(), Uuid::now_v7());
        for name in self.channels.names(Channel::Email) {
            let out = Outgoing {
                delivery,
                valid_for: WORTH,
                to: Address::Email(operator.clone()),
                provider: Some(name),
                message: message.clone(),
                is_code: false,
                is_urgent: true,
                return_token: self.desk.return_token(delivery),
                leave_url: None,
                made_at: now,
                wording: None,
                worded_at: now,
                attempt: 1,
                at: now,
                about: None,
                maybe_sent: false,
                known: vec![],
                thread: None,
                halt: crate::domain::delivery::Halt::default(),
            };
            match self.channels.send(&out).await {
                Outcome::Accepted { .. } => return true,
                // It may have arrived: another would be one too many.
                Outcome::Unclear { .. } => return true,
                _ => {}
            }
        }
        tracing::error!("the operator could not be told by email");
        false
    }

    /// Looks until it is time to stop.
    pub async fn run(self, stop: CancellationToken) {
        super::repeat("watcher", Duration::from_secs(15), &stop, || async { self.step().await.map(|_| ()) })
            .await;
    }
}

fn about(late: &[Late], told: Vec<String>, base_url: &str) -> Message {
    let channels: Vec<&str> = late.iter().map(|l| l.channel.label()).collect();
    let do_this = "Run signpost check: it says what cannot be reached, and why.";
    let mut paragraphs = told;
    paragraphs.push(do_this.into());
    paragraphs.push("We write again in an hour if this goes on, and when it is over.".into());
    to_operator(format!("Messages are late: {}", channels.join(", ")), paragraphs, base_url)
}

fn in_time(base_url: &str) -> Message {
    to_operator("Messages leave in time again".into(), vec!["Nothing is late any more.".into()], base_url)
}

fn halted(update: Uuid, by: &OrgCode, title: &str, base_url: &str) -> Message {
    let paragraphs = vec![
        format!("{title} ({by}): too many of the first 1% could not be told. Everybody else waits."),
        "Somebody who may post there has to send it on or stop it. The screen below says why they failed."
            .into(),
        "We write again in an hour if it still waits.".into(),
    ];
    let message = to_operator(format!("Messages wait for a person: {title}"), paragraphs, base_url);
    Message { page_url: format!("{base_url}/desk/updates/{update}"), ..message }
}

fn to_operator(headline: String, paragraphs: Vec<String>, base_url: &str) -> Message {
    Message {
        organisation: "Signpost".into(),
        subject: headline.clone(),
        headline,
        paragraphs,
        // Email alone.
        short: String::new(),
        post: String::new(),
        post_end: String::new(),
        notice: String::new(),
        page_url: format!("{base_url}/board"),
        lang: "en".into(),
        is_correction: false,
        facts: None,
    }
}
