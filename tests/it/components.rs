//! The macros give the markup of nhsuk-frontend: held against the package's own
//! fixtures, white space and the order of attributes aside.

use askama::Template;
use scraper::node::Node;
use scraper::{ElementRef, Html};
use signpost::domain::FieldError;
use signpost::web::views::form::{Choice, Errors, chosen};

/// A fixture's HTML from the package.
fn fixture(component: &str, name: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let path =
        format!("{root}/assets/node_modules/nhsuk-frontend/dist/nhsuk/components/{component}/fixtures.json");
    let all: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let found = all["fixtures"].as_array().unwrap().iter().find(|f| f["name"] == name);
    found.unwrap_or_else(|| panic!("{component}: {name}"))["html"].as_str().unwrap().to_owned()
}

/// One line for each element and text, in the order of the document.
fn outline(html: &str) -> Vec<String> {
    fn walk(element: ElementRef<'_>, depth: usize, out: &mut Vec<String>) {
        let mut attributes: Vec<String> =
            element.value().attrs().map(|(name, value)| format!("{name}={value:?}")).collect();
        attributes.sort();
        let pad = "  ".repeat(depth);
        out.push(format!("{pad}{} {}", element.value().name(), attributes.join(" ")));
        for child in element.children() {
            match child.value() {
                Node::Text(text) => {
                    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    if !text.is_empty() {
                        out.push(format!("{pad}  {text}"));
                    }
                }
                Node::Element(_) => walk(ElementRef::wrap(child).unwrap(), depth + 1, out),
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    walk(Html::parse_fragment(html).root_element(), 0, &mut out);
    out
}

fn same(component: &str, name: &str, ours: impl Template) {
    let ours = ours.render().unwrap();
    assert_eq!(outline(&ours), outline(&fixture(component, name)), "{component}: {name}\n{ours}");
}

/// The package puts labels into headings; ours stand alone.
fn without_heading(html: &str) -> String {
    html.replace("<h1 class=\"nhsuk-label-wrapper\">", "")
        .replace("<h1 class=\"nhsuk-fieldset__heading\">", "")
        .replace("</h1>", "")
}

macro_rules! component {
    ($component:literal, $name:literal, $source:literal) => {{
        #[derive(Template)]
        #[template(source = $source, ext = "html")]
        struct One;
        same($component, $name, One);
    }};
}

#[test]
fn plain_components_match_the_package() {
    component!(
        "button",
        "default",
        "{% import \"shared/nhsuk.html\" as ui %}{{ ui::button(\"Save and continue\") }}"
    );
    component!(
        "button",
        "secondary",
        "{% import \"shared/nhsuk.html\" as ui %}{{ ui::button(\"Find my location\", variant=\"secondary\") }}"
    );
    component!(
        "button",
        "default, small",
        "{% import \"shared/nhsuk.html\" as ui %}{{ ui::button(\"Save and continue\", small=true) }}"
    );
    component!(
        "button",
        "as a link",
        "{% import \"shared/nhsuk.html\" as ui %}{{ ui::button_link(\"Link button\", \"#\") }}"
    );
    component!("tag", "default", "{% import \"shared/nhsuk.html\" as ui %}{{ ui::tag(\"Active\") }}");
    component!(
        "tag",
        "with text escaping",
        "{% import \"shared/nhsuk.html\" as ui %}{{ ui::tag(\"A&E\", \"red\") }}"
    );
    component!("skip-link", "default", "{% import \"shared/nhsuk.html\" as ui %}{{ ui::skip_link() }}");
    component!(
        "inset-text",
        "default",
        "{% import \"shared/nhsuk.html\" as ui %}{% call ui::inset_text() %}<p>You can report any suspected side effect using the Yellow Card safety scheme</p>{% endcall %}"
    );
    component!(
        "panel",
        "default",
        "{% import \"shared/nhsuk.html\" as ui %}{% call ui::panel(\"Booking complete\") %}We have sent you a confirmation email{% endcall %}"
    );
    component!(
        "details",
        "default",
        "{% import \"shared/nhsuk.html\" as ui %}{% call ui::details(\"How to find your NHS number\") %}You can find your NHS number by logging in to the NHS App or on any document the NHS has sent you.{% endcall %}"
    );
    component!(
        "notification-banner",
        "with success variant",
        "{% import \"shared/nhsuk.html\" as ui %}{{ ui::success_banner(\"Email sent to example@email.com\") }}"
    );
}

/// The package's own script and the words "homepage" aside.
#[test]
fn the_logo_that_an_nhs_organisation_may_turn_on_matches_the_package() {
    #[derive(Template)]
    #[template(
        source = "{% import \"shared/nhsuk.html\" as ui %}{% call ui::header(\"Prototype kit\", \"#\", true) %}{% endcall %}",
        ext = "html"
    )]
    struct Ours;
    let theirs = fixture("header", "with service name (linked with logo)")
        .replace(" data-module=\"nhsuk-header\"", "")
        .replace(" homepage\"", "\"");
    assert_eq!(outline(&Ours.render().unwrap()), outline(&theirs));
}

#[test]
fn cards_and_lists_match_the_package() {
    component!(
        "card",
        "emergency (red and black)",
        "{% import \"shared/nhsuk.html\" as ui %}{% call ui::care_card(\"emergency\", \"Call 999 if you have sudden chest pain that:\") %}<ul><li>spreads to your arms, back, neck or jaw</li><li>makes your chest feel tight or heavy</li><li>also started with shortness of breath, sweating and feeling or being sick</li></ul><p>You could be having a heart attack. Call 999 immediately as you need immediate treatment in hospital.</p>{% endcall %}"
    );
    component!(
        "card",
        "non-urgent (blue)",
        "{% import \"shared/nhsuk.html\" as ui %}{% call ui::care_card(\"non-urgent\", \"Speak to a GP if:\", 3) %}<ul><li>you're not sure it's chickenpox</li><li>the skin around the blisters is red, hot or painful (signs of infection)</li><li>your child is <a href=\"https://www.nhs.uk/conditions/dehydration\">dehydrated</a></li><li>you're concerned about your child or they get worse</li></ul><p>Tell the receptionist you think it's chickenpox before going in. They may recommend a special appointment time if other patients are at risk.</p>{% endcall %}"
    );
    component!(
        "warning-callout",
        "default",
        "{% import \"shared/nhsuk.html\" as ui %}{% call ui::warning_callout(\"Important\") %}<p class=\"nhsuk-card__description\">For safety, tell your doctor or pharmacist if you're taking any other medicines, including herbal medicines, vitamins or supplements.</p>{% endcall %}"
    );
    component!(
        "summary-list",
        "default",
        "{% import \"shared/nhsuk.html\" as ui %}{% call ui::summary_list() %}{% call ui::summary_row(\"Name\") %}Karen Francis{% endcall %}{% call ui::summary_row(\"Date of birth\") %}15 March 1984{% endcall %}{% call ui::summary_row(\"Contact information\") %}73 Roman Rd<br>Leeds<br>LS2 5ZN{% endcall %}{% call ui::summary_row(\"Contact details\") %}<p>07700 900362</p><p>karen.francis@example.com</p>{% endcall %}{% endcall %}"
    );
    component!(
        "tables",
        "default",
        "{% import \"shared/nhsuk.html\" as ui %}{% call ui::table(\"Impetigo can look similar to other skin conditions\", [\"Skin symptoms\", \"Possible cause\"]) %}<tr class=\"nhsuk-table__row\">{{ ui::th(\"Blisters on lips or around the mouth\") }}{{ ui::td(\"Cold sores\") }}</tr><tr class=\"nhsuk-table__row\">{{ ui::th(\"Itchy, dry, cracked, sore\") }}{{ ui::td(\"Eczema\") }}</tr><tr class=\"nhsuk-table__row\">{{ ui::th(\"Itchy blisters\") }}{{ ui::td(\"Shingles, chickenpox\") }}</tr>{% endcall %}"
    );
}

#[test]
fn the_error_summary_matches_the_package() {
    #[derive(Template)]
    #[template(
        source = "{% import \"shared/form.html\" as form %}{{ form::error_summary(errors) }}",
        ext = "html"
    )]
    struct One {
        errors: Errors,
    }
    let errors = vec![
        FieldError::new("/example/first-name", "Enter your first name"),
        FieldError::new("/example/last-name", "Enter your last name"),
    ];
    same("error-summary", "with multiple errors", One { errors: errors.into() });
}

#[test]
fn fields_with_hint_and_error_match_the_package() {
    let error = "with error message and hint";
    let compare = |component: &str, ours: String| {
        let theirs = without_heading(&fixture(component, error));
        assert_eq!(outline(&ours), outline(&theirs), "{component}\n{ours}");
    };
    #[derive(Template)]
    #[template(
        source = "{% import \"shared/form.html\" as form %}{{ form::textarea(\"with-hint-error\", \"example\", \"Can you provide more detail?\", hint=\"Do not include personal information like your name, date of birth or NHS number\", error=\"You must provide an explanation\", size=\"l\") }}",
        ext = "html"
    )]
    struct Textarea;
    compare("textarea", Textarea.render().unwrap());

    #[derive(Template)]
    #[template(
        source = "{% import \"shared/form.html\" as form %}{{ form::radios(\"with-hint-error\", \"example\", \"How do you want to be contacted about this?\", choices, hint=\"Select 1 option\", error=\"Select how you want to be contacted\", size=\"l\") }}",
        ext = "html"
    )]
    struct Radios {
        choices: Vec<Choice>,
    }
    let choices = [("email", "Email"), ("phone", "Phone"), ("text", "Text message")];
    let choices = choices.iter().map(|(v, l)| Choice::new(*v, *l)).collect();
    compare("radios", Radios { choices }.render().unwrap());

    #[derive(Template)]
    #[template(
        source = "{% import \"shared/form.html\" as form %}{{ form::input(\"with-hint-error\", \"example\", \"What is your NHS number?\", hint=\"This is a 10 digit number (like 999 123 4567) that you can find on an NHS letter, prescription or in the NHS App\", error=\"Enter NHS number\", extra=\"nhsuk-input--width-10\", attributes=\"spellcheck='false' inputmode='numeric'\", size=\"l\") }}",
        ext = "html"
    )]
    struct Input;
    let theirs = without_heading(&fixture("input", error))
        .replace("<span class=\"nhsuk-u-nowrap\">999 123 4567</span>", "999 123 4567")
        .replace("nhsuk-input--code nhsuk-input--error", "nhsuk-input--error");
    assert_eq!(outline(&Input.render().unwrap()), outline(&theirs));
}

#[test]
fn what_was_chosen_and_typed_is_kept_and_escaped() {
    #[derive(Template)]
    #[template(
        source = "{% import \"shared/form.html\" as form %}{{ form::select(\"a\", \"a\", \"A\", choices) }}{{ form::textarea(\"t\", \"t\", \"T\", value=typed) }}",
        ext = "html"
    )]
    struct One {
        choices: Vec<Choice>,
        typed: String,
    }
    let choices = chosen(vec![Choice::new("1", "One"), Choice::new("2", "Two")], "2");
    let html = One { choices, typed: "</textarea><script>".into() }.render().unwrap();
    assert!(html.contains("<option value=\"2\" selected>Two</option>"), "{html}");
    assert!(!html.contains("<script>"), "{html}");
}
