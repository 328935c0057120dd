//! Command centres: making, changing and ending them, and who agrees to be in one.
//!
//! The coordinators of the organisation that leads a centre make and change it.
//! Members at or below theirs are in at once. Whoever stands elsewhere is asked,
//! and is in when a coordinator of theirs agrees: boards can club together, and
//! nobody gains a say over others without their word. A centre's own people
//! cannot change it, so that nobody makes their own time longer.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;

use super::centre_growth::SaidFor;
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::centre::{Centre, CentreDraft, PersonDraft, PersonKey, Standing};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::centres::{self, Member, Person};
use crate::store::users::User;
use crate::store::{self, Tx, incidents, users};

/// A centre as those who have to do with it see it.
#[derive(Debug, Clone)]
pub struct SeenCentre {
    pub centre: Centre,
    pub lead_name: String,
    pub standing: Standing,
    pub members: Vec<SeenMember>,
    pub people: Vec<Person>,
    /// They may change and end it.
    pub may_change: bool,
    /// What is open or planned for all of it; only of one that was asked for by its code.
    pub said: Vec<SaidFor>,
}

/// An organisation in a centre, or one that was asked.
#[derive(Debug, Clone)]
pub struct SeenMember {
    pub code: OrgCode,
    pub name: String,
    pub asked_at: DateTime<Utc>,
    pub agreed_at: Option<DateTime<Utc>>,
    /// They may agree, decline or leave for it.
    pub may_answer: bool,
}

impl Desk {
    /// Centres that they lead, are in, are asked into, or act for; those that
    /// stand first.
    pub async fn centres(&self, who: &Actor) -> Result<Vec<SeenCentre>> {
        let mut tx = self.db.read().await?;
        let mut all = self.seen_centres(&mut tx, who).await?;
        all.sort_by_key(|c| (c.standing == Standing::Ended, c.centre.name.to_lowercase()));
        Ok(all)
    }

    /// One of those.
    pub async fn centre(&self, who: &Actor, code: &OrgCode) -> Result<SeenCentre> {
        let mut tx = self.db.read().await?;
        self.seen_centre(&mut tx, who, code).await
    }

    async fn seen_centre(&self, tx: &mut Tx, who: &Actor, code: &OrgCode) -> Result<SeenCentre> {
        let all = self.seen_centres(tx, who).await?;
        let seen = all.into_iter().find(|c| c.centre.code == *code);
        let seen = seen.ok_or(DeskError::NotFound("This centre"))?;
        Ok(SeenCentre { said: self.said_for(tx, code).await?, ..seen })
    }

    async fn seen_centres(&self, tx: &mut Tx, who: &Actor) -> Result<Vec<SeenCentre>> {
        let directory = self.directory(tx).await?;
        let (members, people) = (centres::members(tx).await?, centres::people(tx).await?);
        let name = |code: &OrgCode| directory.name_of(code);
        let own = |action, code: &OrgCode| who.may_of_own(action, code, &directory).is_ok();
        let seen = |centre: &Centre| {
            let in_it = members.iter().filter(|m| m.centre == centre.code);
            let member = |m: &Member| SeenMember {
                name: name(&m.organisation),
                may_answer: own(Action::Administer, &m.organisation),
                code: m.organisation.clone(),
                asked_at: m.asked_at,
                agreed_at: m.agreed_at,
            };
            SeenCentre {
                lead_name: name(&centre.lead),
                standing: centre.standing(self.today()),
                members: in_it.map(member).collect(),
                people: people.iter().filter(|p| p.centre == centre.code).cloned().collect(),
                may_change: own(Action::Administer, &centre.lead),
                said: Vec::new(),
                centre: centre.clone(),
            }
        };
        let concerns = |c: &SeenCentre| {
            own(Action::See, &c.centre.lead)
                || c.members.iter().any(|m| own(Action::See, &m.code))
                || c.centre.people.contains_key(&who.id)
        };
        Ok(directory.centres().map(|c| seen(c)).filter(concerns).collect())
    }

    /// Makes a centre. Its code follows from the id: of two posts with the same
    /// one, the second gets what the first made.
    pub async fn make_centre(&self, who: &Actor, id: Uuid, draft: &CentreDraft) -> Result<SeenCentre> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let lead = draft.lead.clone().unwrap_or_else(|| who.organisation.clone());
        let code = new_code("CENTRE", id);
        let people = self.checked(&mut tx, who, (&code, &lead), draft, &directory).await?;
        if directory.get(&code).is_some() {
            return self.seen_centre(&mut tx, who, &code).await;
        }
        let centre = drafted(code, lead, draft, self.today());
        centres::insert(&mut tx, &centre, now).await?;
        self.put_members(&mut tx, who, &centre.code, &draft.members, &directory).await?;
        self.put_people(&mut tx, &centre.code, people).await?;
        self.noted(tx, who, "make_centre", &centre, draft).await?;
        self.centre(who, &centre.code).await
    }

    /// Changes a centre to what the draft says, members and people as well.
    pub async fn change_centre(
        &self,
        who: &Actor,
        code: &OrgCode,
        draft: &CentreDraft,
    ) -> Result<SeenCentre> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let was = self.theirs_to_change(&mut tx, who, code).await?;
        let lead = draft.lead.clone().unwrap_or_else(|| was.lead.clone());
        let people = self.checked(&mut tx, who, (code, &lead), draft, &directory).await?;
        let first_day = draft.first_day.unwrap_or(was.first_day);
        let centre = drafted(code.clone(), lead, draft, first_day);
        if centre.last_day.is_some_and(|last| last < first_day) {
            return Err(DeskError::field(
                "/last_day",
                "The last day is before the first. Choose a later one.",
            ));
        }
        centres::update(&mut tx, &was, &centre, now).await?;
        self.put_members(&mut tx, who, code, &draft.members, &directory).await?;
        if let Some(detail) = self.may_not_grow(&mut tx, code, &directory).await? {
            return Err(DeskError::field("/members", detail));
        }
        self.put_people(&mut tx, code, people).await?;
        self.noted(tx, who, "change_centre", &centre, draft).await?;
        self.centre(who, code).await
    }

    /// Ends a centre now: its people may do nothing more for it. Its incidents
    /// have to be over, so that somebody is there to say so.
    pub async fn end_centre(&self, who: &Actor, code: &OrgCode) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let centre = self.theirs_to_change(&mut tx, who, code).await?;
        let situation = incidents::situation(&mut tx, now).await?;
        if situation.incidents.iter().any(|i| i.is_open() && i.declared_by == *code) {
            let detail = "An incident of this centre is still open. Say first that it is over.";
            return Err(DeskError::Conflict(detail.into()));
        }
        if !centres::end(&mut tx, code, now).await? {
            return Err(DeskError::Conflict("This centre has ended already.".into()));
        }
        let draft = CentreDraft { members: centre.members.clone(), ..CentreDraft::default() };
        self.noted(tx, who, "end_centre", &centre, &draft).await
    }

    /// What an organisation says to being in a centre: that it agrees, or that
    /// it does not want to be in it, now or any more.
    pub async fn answer_centre(&self, who: &Actor, code: &OrgCode, of: &OrgCode, agrees: bool) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        who.may_of_own(Action::Administer, of, &directory)?;
        let members = centres::members(&mut tx).await?;
        let member = members.into_iter().find(|m| m.centre == *code && m.organisation == *of);
        let member = member.ok_or(DeskError::NotFound("This question"))?;
        let (is_done, verb) = match agrees {
            true => (centres::agree(&mut tx, member.id, &who.name, now).await?, "join_centre"),
            false => (centres::leave(&mut tx, member.id, now).await?, "leave_centre"),
        };
        if !is_done {
            return Err(DeskError::Conflict("This was answered already.".into()));
        }
        if let Some(detail) = self.may_not_grow(&mut tx, code, &directory).await? {
            return Err(DeskError::Conflict(detail));
        }
        let detail = json!({"organisation": of});
        audit::record(&mut tx, who, now, Entry::new(verb, code, detail)).await?;
        self.spread(tx).await
    }

    /// A centre that has not been ended, of an organisation that they lead.
    async fn theirs_to_change(&self, tx: &mut Tx, who: &Actor, code: &OrgCode) -> Result<Centre> {
        let seen = self.seen_centre(tx, who, code).await?;
        if !seen.may_change {
            return Err(DeskError::Denied);
        }
        if seen.centre.is_ended {
            return Err(DeskError::Conflict("This centre was ended. Make a new one.".into()));
        }
        Ok(seen.centre)
    }

    /// Finds every mistake of a draft; the people that it names.
    async fn checked(
        &self,
        tx: &mut Tx,
        who: &Actor,
        (centre, lead): (&OrgCode, &OrgCode),
        draft: &CentreDraft,
        directory: &Directory,
    ) -> Result<Vec<Person>> {
        who.may_of_own(Action::Administer, lead, directory)?;
        let mut errors = draft.check();
        for (i, code) in std::iter::once(lead).chain(&draft.members).enumerate() {
            let pointer = if i == 0 { "/lead".to_owned() } else { format!("/members/{}", i - 1) };
            match directory.get(code).map(|org| org.kind) {
                None => errors.push(FieldError::new(
                    pointer,
                    format!("There is no organisation with the code {code}."),
                )),
                Some(kind) if !kind.is_of_tree() => {
                    errors
                        .push(FieldError::new(pointer, "Name organisations, and no centre or partner body."));
                }
                Some(_) => {}
            }
        }
        let mut people: Vec<Person> = Vec::new();
        for (i, person) in draft.people.iter().enumerate() {
            match self.named_person(tx, who, centre, person, directory).await? {
                Some(found) if people.iter().all(|p| p.actor != found.actor) => people.push(found),
                Some(_) => {}
                None => {
                    let (at, detail) = match &person.who {
                        PersonKey::Id(_) => ("/id", "Nobody has this id.".to_owned()),
                        PersonKey::Email(email) => ("", not_near(email)),
                        PersonKey::Token(name) => {
                            ("", format!("No token is called {name}, or more than one is. Give its id."))
                        }
                    };
                    errors.push(FieldError::new(format!("/people/{i}{at}"), detail));
                }
            }
        }
        if errors.is_empty() { Ok(people) } else { Err(DeskError::Invalid(errors)) }
    }

    /// The user or token that a draft means. By their email only those are found who are of
    /// one's own organisation, of a member that has agreed, or named already: nobody looks up
    /// the staff of others.
    async fn named_person(
        &self,
        tx: &mut Tx,
        who: &Actor,
        centre: &OrgCode,
        person: &PersonDraft,
        directory: &Directory,
    ) -> Result<Option<Person>> {
        let is_in = |u: &User| directory.centre(centre).is_some_and(|c| c.people.contains_key(&u.id));
        let is_near = |u: &User| {
            let members = directory.centre(centre).map_or(&[][..], |c| &c.members);
            let mut near = std::iter::once(&who.organisation).chain(members);
            is_in(u) || near.any(|code| directory.is_at_or_below(&u.organisation, code))
        };
        let user = match &person.who {
            PersonKey::Email(email) => {
                users::find_by_email(tx, &email.trim().to_lowercase()).await?.filter(is_near)
            }
            PersonKey::Id(id) => users::find(tx, *id).await?,
            PersonKey::Token(_) => None,
        };
        let mut tokens = match &person.who {
            PersonKey::Email(_) => Vec::new(),
            PersonKey::Id(id) => users::token(tx, *id).await?.into_iter().collect(),
            PersonKey::Token(name) => users::tokens_named(tx, name.trim()).await?,
        };
        let user = user.filter(|u| u.disabled_at.is_none() && u.speaker.is_none());
        // Of two tokens with one name, nobody knows which is meant.
        let token = tokens.pop().filter(|t| tokens.is_empty() && t.speaker.is_none());
        let user = user.map(|u| (u.id, Some(u.email), u.name));
        let token = token.map(|t| (t.id, None, t.name));
        Ok(user.or(token).map(|(actor, email, name)| Person {
            id: self.new_id(),
            centre: centre.clone(),
            actor,
            email,
            name,
            role: person.role,
        }))
    }

    async fn put_members(
        &self,
        tx: &mut Tx,
        who: &Actor,
        centre: &OrgCode,
        wanted: &[OrgCode],
        directory: &Directory,
    ) -> Result<()> {
        let now = self.now();
        let mut wanted = wanted.to_vec();
        wanted.sort();
        wanted.dedup();
        let there = centres::members(tx).await?.into_iter().filter(|m| m.centre == *centre);
        let (stay, go): (Vec<_>, Vec<_>) = there.partition(|m| wanted.contains(&m.organisation));
        for member in go {
            centres::leave(tx, member.id, now).await?;
        }
        for organisation in wanted.into_iter().filter(|code| stay.iter().all(|m| m.organisation != *code)) {
            let is_theirs = who.may_of_own(Action::Administer, &organisation, directory).is_ok();
            let member = Member {
                id: self.new_id(),
                centre: centre.clone(),
                organisation,
                asked_at: now,
                agreed_at: is_theirs.then_some(now),
            };
            centres::ask(tx, &member, is_theirs.then_some(who.name.as_str())).await?;
        }
        Ok(())
    }

    async fn put_people(&self, tx: &mut Tx, centre: &OrgCode, wanted: Vec<Person>) -> Result<()> {
        let now = self.now();
        let there = centres::people(tx).await?.into_iter().filter(|p| p.centre == *centre);
        let same = |a: &Person, b: &Person| a.actor == b.actor && a.role == b.role;
        let (stay, go): (Vec<_>, Vec<_>) = there.partition(|p| wanted.iter().any(|w| same(w, p)));
        for person in go {
            centres::remove_person(tx, person.id, now).await?;
        }
        for person in wanted.into_iter().filter(|w| stay.iter().all(|p| !same(w, p))) {
            centres::add_person(tx, &person, now).await?;
        }
        Ok(())
    }

    async fn noted(
        &self,
        mut tx: Tx,
        who: &Actor,
        verb: &'static str,
        centre: &Centre,
        draft: &CentreDraft,
    ) -> Result<()> {
        let people = centres::people(&mut tx).await?;
        let people: Vec<_> = people.iter().filter(|p| p.centre == centre.code).collect();
        let people: Vec<_> = people.iter().map(|p| json!({"id": p.actor, "role": p.role})).collect();
        let detail = json!({
            "name": centre.name, "lead": centre.lead, "first_day": centre.first_day,
            "last_day": centre.last_day, "members": draft.members, "people": people,
        });
        audit::record(&mut tx, who, self.now(), Entry::new(verb, &centre.code, detail)).await?;
        self.spread(tx).await
    }

    /// Commits, and tells everybody that the directory is another.
    async fn spread(&self, mut tx: Tx) -> Result<()> {
        store::bump(&mut tx, "directory").await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(())
    }
}

/// The same of somebody whom nobody knows and of somebody of others.
fn not_near(email: &str) -> String {
    format!("Nobody of yours, and nobody of a member that has agreed, has the email {email}.")
}

fn drafted(code: OrgCode, lead: OrgCode, draft: &CentreDraft, first_day: NaiveDate) -> Centre {
    Centre {
        code,
        name: draft.name.trim().to_owned(),
        lead,
        first_day: draft.first_day.unwrap_or(first_day),
        last_day: draft.last_day,
        is_ended: false,
        members: Vec::new(),
        people: Default::default(),
    }
}

/// A code that no organisation has: those of ODS are shorter.
pub(super) fn new_code(begins: &str, id: Uuid) -> OrgCode {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let random = id.as_u128();
    let letter = |n: u32| char::from(LETTERS[(random >> (5 * n)) as usize % LETTERS.len()]);
    let text: String = begins.chars().chain((0..6).map(letter)).collect();
    OrgCode::parse(&text).unwrap_or_else(OrgCode::root)
}
