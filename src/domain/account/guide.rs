//! What each channel asks for, and how a person gets it.

use super::super::channel::Channel;

/// How a field is entered and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or handle; may be shown.
    Plain,
    /// Never shown again.
    Secret,
    /// The address of a server; may be shown.
    Server,
    /// An address that is a secret itself.
    SecretAddress,
}

/// One thing that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// In the API and in forms.
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    /// What to say when it is missing.
    pub enter: &'static str,
    pub kind: Kind,
    /// What counts when nothing is entered.
    pub usual: Option<&'static str>,
    /// Whether people are asked for it; the API takes it in any case.
    pub on_screen: bool,
}

/// What a channel asks for.
#[derive(Debug, Clone, Copy)]
pub struct Guide {
    pub fields: &'static [Field],
    /// How to get it, step by step.
    pub steps: &'static [&'static str],
    /// Whether an organisation may have several, each with a name.
    pub several: bool,
}

const BLANK: Field =
    Field { name: "", label: "", hint: "", enter: "", kind: Kind::Plain, usual: None, on_screen: true };

const ADDRESS: &str = "Enter the server's address, starting with https://.";

const MASTODON: Guide = Guide {
    fields: &[
        Field {
            name: "base_url",
            label: "Server",
            hint: "Such as https://mastodon.example",
            enter: ADDRESS,
            kind: Kind::Server,
            ..BLANK
        },
        Field {
            name: "access_token",
            label: "Access token",
            enter: "Enter the access token.",
            kind: Kind::Secret,
            ..BLANK
        },
    ],
    steps: &[
        "Sign in to your organisation’s Mastodon account.",
        "Open Preferences, then Development, then New application.",
        "Choose read:accounts, read:statuses and write:statuses, and submit.",
        "Open the application and copy “Your access token”.",
    ],
    several: false,
};

const BLUESKY: Guide = Guide {
    fields: &[
        Field {
            name: "service",
            label: "Server",
            hint: "Leave it empty for https://bsky.social",
            enter: ADDRESS,
            kind: Kind::Server,
            usual: Some("https://bsky.social"),
            ..BLANK
        },
        Field {
            name: "identifier",
            label: "Handle",
            hint: "Such as surgery.bsky.social",
            enter: "Enter the handle of the account.",
            ..BLANK
        },
        Field {
            name: "app_password",
            label: "App password",
            hint: "Do not use the account’s own password.",
            enter: "Enter the app password.",
            kind: Kind::Secret,
            ..BLANK
        },
    ],
    steps: &[
        "Sign in to your organisation’s Bluesky account.",
        "Open Settings, then Privacy and security, then App passwords.",
        "Add an app password and copy it. Bluesky shows it once.",
    ],
    several: false,
};

/// A key of X's, from the page "Keys and tokens" of an app.
const fn key(name: &'static str, label: &'static str, enter: &'static str) -> Field {
    Field { name, label, enter, kind: Kind::Secret, ..BLANK }
}

/// Where a provider's interface is, for those who stand something before it.
const fn base(usual: &'static str) -> Field {
    Field {
        name: "base_url",
        label: "Server",
        enter: ADDRESS,
        kind: Kind::Server,
        usual: Some(usual),
        on_screen: false,
        ..BLANK
    }
}

const X: Guide = Guide {
    fields: &[
        base("https://api.x.com"),
        key("consumer_key", "API key", "Enter the API key."),
        key("consumer_secret", "API key secret", "Enter the API key secret."),
        key("access_token", "Access token", "Enter the access token."),
        key("access_token_secret", "Access token secret", "Enter the access token secret."),
    ],
    steps: &[
        "Sign in to developer.x.com with your organisation’s account, and make a project with an app.",
        "Under User authentication settings, choose Read and write.",
        "Under Keys and tokens, make the API key and secret, and the access token and secret.",
        "Copy all 4. X shows them once.",
    ],
    several: false,
};

const FACEBOOK: Guide = Guide {
    fields: &[
        base("https://graph.facebook.com"),
        Field {
            name: "page_id",
            label: "Page ID",
            hint: "Digits, under About on your page",
            enter: "Enter the page’s ID.",
            ..BLANK
        },
        key("access_token", "Page access token", "Enter the page access token."),
    ],
    steps: &[
        "Open Business settings at business.facebook.com, then Users, then System users.",
        "Add a system user, and give it your page with the permission to create content.",
        "Generate a token with pages_manage_posts and pages_read_engagement that never expires.",
        "With it, ask for the page’s own token, and copy that one.",
    ],
    several: false,
};

const fn hook(hint: &'static str) -> Field {
    Field {
        name: "url",
        label: "Webhook address",
        hint,
        enter: "Enter the webhook’s address.",
        kind: Kind::SecretAddress,
        ..BLANK
    }
}

const SLACK: Guide = Guide {
    fields: &[hook("It starts with https://hooks.slack.com/services/")],
    steps: &[
        "Open api.slack.com/apps, make an app for your workspace, and choose Incoming Webhooks.",
        "Turn them on, and add a new webhook for the Slack channel that updates go to.",
        "Copy the webhook address.",
    ],
    several: true,
};

const TEAMS: Guide = Guide {
    fields: &[hook("It ends with a long signature")],
    steps: &[
        "In Teams, open the menu beside the team’s channel and choose Workflows.",
        "Choose “Post to a channel when a webhook request is received”, and follow the steps.",
        "Give the workflow a second owner, so that it goes on when one leaves.",
        "Copy the address that Teams shows at the end.",
    ],
    several: true,
};

const DISCORD: Guide = Guide {
    fields: &[hook("It starts with https://discord.com/api/webhooks/")],
    steps: &[
        "In Discord, open the settings of the text channel that updates go to.",
        "Choose Integrations, then Webhooks, then New webhook.",
        "Copy the webhook address.",
    ],
    several: true,
};

const WEBHOOK: Guide = Guide {
    fields: &[Field {
        label: "Address of your endpoint",
        hint: "Such as https://example.nhs.uk/hooks/signpost",
        enter: "Enter the endpoint’s address.",
        ..hook("")
    }],
    steps: &[
        "Have your developers make an endpoint that takes a POST with JSON and answers 200.",
        "Save its address here. You then see a secret, once.",
        "They check each message’s signature with it, as standardwebhooks.com says.",
        "They take each webhook-id once: after trouble, a message is sent again under the same one.",
    ],
    several: true,
};

impl Channel {
    /// What an account on this channel needs; `None` where there are none.
    pub fn guide(self) -> Option<Guide> {
        match self {
            Self::Mastodon => Some(MASTODON),
            Self::Bluesky => Some(BLUESKY),
            Self::X => Some(X),
            Self::Facebook => Some(FACEBOOK),
            Self::Slack => Some(SLACK),
            Self::Teams => Some(TEAMS),
            Self::Discord => Some(DISCORD),
            Self::Webhook => Some(WEBHOOK),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_channel_says_what_it_needs() {
        for channel in Channel::ALL {
            assert_eq!(channel.guide().is_none(), channel.is_personal(), "{channel}");
            let Some(guide) = channel.guide() else { continue };
            for field in guide.fields {
                assert!(
                    !field.label.is_empty() && field.enter.starts_with("Enter "),
                    "{channel} {}",
                    field.name
                );
                let needs_default = !field.on_screen;
                assert!(!needs_default || field.usual.is_some(), "{channel} {}", field.name);
            }
            assert!(!guide.steps.is_empty());
            for step in guide.steps {
                assert!(step.split_whitespace().count() <= 20, "{channel}: {step}");
            }
        }
    }
}
