//! The states of each line, and the sentences that patients read.
//!
//! Names and states are fixed by the outside contract.

use super::line::{Line, State};

const fn state(key: &'static str, severity: u8, label: &'static str, text: &'static str) -> State {
    State { key, severity, label, text }
}

/// The states of a hospital service, from its five sentences.
const fn service(texts: [&'static str; 5]) -> [State; 5] {
    let [normal, delayed, urgent, cancelled, closed] = texts;
    [
        state("normal", 0, "Normal", normal),
        state("delayed", 1, "Delays", delayed),
        state("urgent_only", 2, "Urgent only", urgent),
        state("cancelled", 3, "Cancelled", cancelled),
        state("closed", 3, "Closed", closed),
    ]
}

/// The states of a line, normal first.
pub fn of(line: Line) -> &'static [State] {
    match line {
        Line::Attend => {
            const {
                &[
                    state("come", 0, "Come as usual", "Come to your appointment as usual."),
                    state(
                        "come_unless_contacted",
                        2,
                        "Come unless we contact you",
                        "Come to your appointment unless we contact you.",
                    ),
                    state(
                        "do_not_come",
                        3,
                        "Do not come",
                        "Do not come to your appointment. We will contact you to arrange a new one.",
                    ),
                ]
            }
        }
        Line::Phones => {
            const {
                &[
                    state("working", 0, "Working", "You can phone us."),
                    state("limited", 2, "Limited", "Phone us only if it is urgent. Our lines are very busy."),
                    state("down", 3, "Not working", "Our phones are not working."),
                ]
            }
        }
        Line::OnlineForm => {
            const {
                &[
                    state("on", 0, "On", "You can use our online form."),
                    state("off", 2, "Off", "Our online form is switched off."),
                ]
            }
        }
        Line::Booking => {
            const {
                &[
                    state("normal", 0, "Normal", "You can book appointments as usual."),
                    state("urgent_only", 2, "Urgent only", "We can only book urgent appointments."),
                    state("paused", 3, "Paused", "We cannot book new appointments at the moment."),
                ]
            }
        }
        Line::Prescriptions => {
            const {
                &[
                    state("normal", 0, "Normal", "Prescriptions are working as usual."),
                    state(
                        "urgent_on_paper",
                        2,
                        "Urgent on paper only",
                        "We can only give urgent prescriptions, on paper.",
                    ),
                    state("delayed", 1, "Delays", "Prescriptions are taking longer than usual."),
                    state(
                        "order_only_if_needed",
                        1,
                        "Order only if you need to",
                        "Order a repeat prescription only if you are about to run out.",
                    ),
                ]
            }
        }
        Line::TestResults => {
            const {
                &[
                    state("normal", 0, "Normal", "You can get test results as usual."),
                    state(
                        "delayed",
                        1,
                        "Delays",
                        "Test results may be late. We will contact you if one is urgent.",
                    ),
                    state(
                        "paused",
                        2,
                        "Paused",
                        "We cannot see test results at the moment. We will contact you if one is urgent.",
                    ),
                ]
            }
        }
        Line::CheckIn => {
            const {
                &[
                    state("normal", 0, "Normal", "The check-in screens are working."),
                    state(
                        "at_the_desk",
                        1,
                        "At the desk",
                        "The check-in screens are off. Tell reception that you have arrived.",
                    ),
                ]
            }
        }
        Line::Records => {
            const {
                &[
                    state("normal", 0, "Normal", "We can see your health record."),
                    state(
                        "on_paper",
                        1,
                        "On paper",
                        "We are using paper notes. Bring a list of your medicines and allergies.",
                    ),
                ]
            }
        }
        Line::EmergencyDepartment => {
            const {
                &service([
                    "A&E is open.",
                    "A&E is open, but you may wait longer.",
                    "A&E is open for life-threatening emergencies only.",
                    "A&E is not taking new patients.",
                    "A&E is closed.",
                ])
            }
        }
        Line::Inpatients => {
            const {
                &service([
                    "Hospital stays are going ahead.",
                    "Hospital stays may start late.",
                    "Only urgent hospital stays are going ahead.",
                    "Planned hospital stays are cancelled. We will contact you.",
                    "The wards are closed to new patients.",
                ])
            }
        }
        Line::Outpatients => {
            const {
                &service([
                    "Outpatient clinics are running.",
                    "Outpatient clinics are running late.",
                    "Only urgent outpatient clinics are running.",
                    "Outpatient clinics are cancelled. We will contact you.",
                    "The outpatient clinics here are closed. We will contact you.",
                ])
            }
        }
        Line::Operations => {
            const {
                &service([
                    "Operations are going ahead.",
                    "Operations may be delayed.",
                    "Only urgent operations are going ahead.",
                    "Planned operations are cancelled. We will contact you.",
                    "The operating theatres are closed. We will contact you.",
                ])
            }
        }
        Line::Scans => {
            const {
                &service([
                    "Scans and X-rays are going ahead.",
                    "Scans and X-rays may be delayed.",
                    "Only urgent scans and X-rays are going ahead.",
                    "Scans and X-rays are cancelled. We will contact you.",
                    "The scanning department is closed. We will contact you.",
                ])
            }
        }
        Line::BloodTests => {
            const {
                &service([
                    "Blood tests are going ahead.",
                    "Blood tests may be delayed.",
                    "Only urgent blood tests are going ahead.",
                    "Routine blood tests are cancelled. We will contact you.",
                    "The blood test clinic is closed. We will contact you.",
                ])
            }
        }
        Line::Radiotherapy => {
            const {
                &service([
                    "Radiotherapy is going ahead.",
                    "Radiotherapy may be delayed.",
                    "Only urgent radiotherapy is going ahead.",
                    "Radiotherapy is cancelled. We will contact you with a new time.",
                    "The radiotherapy department is closed. We will contact you.",
                ])
            }
        }
        Line::Maternity => {
            const {
                &service([
                    "Maternity services are open.",
                    "Maternity services are open, but you may wait longer.",
                    "Maternity services are open for urgent care only.",
                    "Routine maternity appointments are cancelled. We will contact you.",
                    "The maternity unit here is closed. We will tell you where to go.",
                ])
            }
        }
        Line::Dispensing => {
            const {
                &[
                    state("normal", 0, "Normal", "We are making up medicines as usual."),
                    state("delayed", 1, "Delays", "Medicines are taking longer than usual."),
                    state("paused", 3, "Paused", "We cannot make up medicines at the moment."),
                ]
            }
        }
        Line::Collection => {
            const {
                &[
                    state("normal", 0, "Normal", "You can collect medicines as usual."),
                    state("delayed", 1, "Delays", "Expect to wait longer when you collect medicines."),
                    state("paused", 3, "Paused", "You cannot collect medicines at the moment."),
                ]
            }
        }
        Line::Deliveries => {
            const {
                &[
                    state("normal", 0, "Normal", "Medicine deliveries are running as usual."),
                    state("delayed", 1, "Delays", "Medicine deliveries are late."),
                    state("paused", 2, "Paused", "Medicine deliveries have stopped for now."),
                ]
            }
        }
        Line::Nhs111 => {
            const {
                &[
                    state("normal", 0, "Normal", "NHS 111 is working as usual."),
                    state("changed", 2, "Changed", "NHS 111 has changed how it works."),
                ]
            }
        }
        Line::Emergency999 => {
            const {
                &[
                    state("normal", 0, "Normal", "999 is working as usual."),
                    state("changed", 3, "Changed", "Calling 999 has changed."),
                ]
            }
        }
    }
}
