//! Who heard otherwise than a page says now.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use uuid::Uuid;

use crate::desk::present::Present;
use crate::desk::{Desk, Result};
use crate::domain::channel::Channel;
use crate::domain::facts::View;
use crate::domain::headline::{HeadlineState, attend_text};
use crate::domain::line::Line;
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::store::Tx;
use crate::store::broadcasts::{self, Broadcast};
use crate::store::heard::{self, Heard as Last};

/// What some readers heard last in the name of each place, and what is on its way to them.
pub(super) struct Heard {
    last: HashMap<Uuid, Vec<(Last, Message)>>,
    coming: HashSet<(Uuid, OrgCode)>,
    /// What is told now is about this: an incident, or planned work.
    about: Option<Uuid>,
    lifted: Vec<Line>,
    /// What the pages say.
    pages: HashMap<OrgCode, View>,
    directory: Arc<Directory>,
}

impl Heard {
    pub async fn read(
        (desk, present): (&Desk, &Present),
        tx: &mut Tx,
        (broadcast, places): (&Broadcast, HashSet<&OrgCode>),
        targets: &[Uuid],
    ) -> Result<Self> {
        let all = heard::last(tx, targets).await?;
        let deliveries: Vec<Uuid> = all.iter().map(|heard| heard.delivery).collect();
        let mut before = broadcasts::words_of_attempts(tx, &deliveries).await?;
        let wanted: HashSet<_> = all.iter().map(|h| (h.broadcast, h.audience.clone())).collect();
        let wanted: Vec<_> = wanted.into_iter().collect();
        let words: HashMap<_, _> = broadcasts::messages(tx, &wanted).await?.into_iter().collect();
        let mut last: HashMap<Uuid, Vec<(Last, Message)>> = HashMap::new();
        for heard in all {
            let of_today =
                || words.get(&(heard.broadcast, heard.audience.clone())).map(|w| w.message.clone());
            if let Some(message) = before.remove(&heard.delivery).or_else(of_today) {
                last.entry(heard.target).or_default().push((heard, message));
            }
        }
        let directory = Arc::clone(&present.directory);
        last.values_mut().for_each(|heard| heard.retain(|(h, words)| answers(h, words, &directory)));
        let page =
            |place: &OrgCode| Some((place.clone(), desk.page_of(place, &present.situation, &directory)?));
        let named = last.values().flatten().map(|(heard, _)| &heard.audience.0);
        let places: HashSet<&OrgCode> = places.into_iter().chain(named).collect();
        let pages = places.into_iter().filter_map(page).collect();
        let coming = heard::is_coming(tx, targets).await?;
        let (about, lifted) = (broadcast.incident.or(broadcast.planned), broadcast.lifted.clone());
        Ok(Self { last, coming, about, lifted, pages, directory })
    }

    /// Whether somebody heard otherwise of a place than its page says, and nothing that is on
    /// its way tells them.
    pub fn is_otherwise(&self, target: Uuid, place: &OrgCode) -> bool {
        let Some(page) = self.pages.get(place) else { return false };
        if self.coming.contains(&(target, place.clone())) {
            return false;
        }
        let all = || self.last.get(&target).into_iter().flatten();
        let is_of_this = |heard: &Last| heard.about.is_some() && heard.about == self.about;
        let own = all().find(|(heard, _)| heard.audience.0 == *place);
        if !self.lifted.is_empty() {
            // Once: with what told it last.
            return own.is_some_and(|(heard, words)| is_of_this(heard) && self.is_lifted(page, heard, words));
        }
        // Who heard of the incident in the name of another place of theirs heard it of this one
        // as well: where both say the same, one message tells of both. Who heard nothing is
        // told not to come, but not that all is as they think.
        // What is not so any more of that other place vouches for none.
        let vouches = |(heard, words): &&(Last, Message)| {
            let other = self.pages.get(&heard.audience.0);
            is_of_this(heard) && other.is_some_and(|page| page.headline.is_no() == self.says_no(heard, words))
        };
        let said = own.or_else(|| all().find(vouches));
        page.headline.is_no() != said.is_some_and(|(heard, words)| self.says_no(heard, words))
    }

    fn says_no(&self, heard: &Last, words: &Message) -> bool {
        let said = if heard.is_planned { &words.text_for(heard.channel) } else { &words.headline };
        Desk::says_no(said, words, &heard.audience.0, &self.directory)
    }

    /// Whether somebody heard of one of the lines that are lifted, and its page says nothing
    /// against it any more.
    fn is_lifted(&self, page: &View, heard: &Last, words: &Message) -> bool {
        let is_wrong = |line: Line| page.lines.iter().any(|f| f.line == line && f.setting.state.severity > 0);
        let was_told = |line: Line| match line {
            Line::Attend => self.says_no(heard, words) && !page.headline.is_no(),
            line => !is_wrong(line) && tells_of(words, heard.channel, line),
        };
        self.lifted.iter().copied().any(was_told)
    }
}

/// Whether a message says whether to come: what tells of an incident does, and of planned work
/// what says it in so many words.
fn answers(heard: &Last, words: &Message, directory: &Directory) -> bool {
    let kind = directory.get(&heard.audience.0).map(|org| org.kind);
    let (text, w) = (words.text_for(heard.channel), words.words());
    let says = |key: &str| {
        kind.is_some_and(|kind| text.contains(attend_text(kind, Some(key), HeadlineState::Limited, w)))
    };
    !heard.is_planned || Line::Attend.states().iter().any(|state| says(state.key))
}

/// Whether a message says that a line is not as usual.
fn tells_of(words: &Message, channel: Channel, line: Line) -> bool {
    let (text, w) = (words.text_for(channel), words.words());
    line.states().iter().any(|state| state.severity > 0 && text.contains(state.text(w)))
}
