//! The states of each line. Their words are in `locales/*/lines.ftl`, under the
//! id of each state.
//!
//! Names and states are fixed by the outside contract.

use super::line::{Line, State};

const fn state(key: &'static str, severity: u8, id: &'static str) -> State {
    State { key, severity, id }
}

/// The states of a hospital service, by the ids of their words.
const fn service(ids: [&'static str; 5]) -> [State; 5] {
    let [normal, delayed, urgent, cancelled, closed] = ids;
    [
        state("normal", 0, normal),
        state("delayed", 1, delayed),
        state("urgent_only", 2, urgent),
        state("cancelled", 3, cancelled),
        state("closed", 3, closed),
    ]
}

/// The states of a line, normal first.
pub fn of(line: Line) -> &'static [State] {
    match line {
        Line::Attend => {
            const {
                &[
                    state("come", 0, "attend-come"),
                    state("come_unless_contacted", 2, "attend-come_unless_contacted"),
                    state("do_not_come", 3, "attend-do_not_come"),
                ]
            }
        }
        Line::EmergencyDepartment => {
            const {
                &service([
                    "emergency_department-normal",
                    "emergency_department-delayed",
                    "emergency_department-urgent_only",
                    "emergency_department-cancelled",
                    "emergency_department-closed",
                ])
            }
        }
        Line::Phones => {
            const {
                &[
                    state("working", 0, "phones-working"),
                    state("limited", 2, "phones-limited"),
                    state("down", 3, "phones-down"),
                ]
            }
        }
        Line::OnlineForm => const { &[state("on", 0, "online_form-on"), state("off", 2, "online_form-off")] },
        Line::Booking => {
            const {
                &[
                    state("normal", 0, "booking-normal"),
                    state("urgent_only", 2, "booking-urgent_only"),
                    state("paused", 3, "booking-paused"),
                ]
            }
        }
        Line::Prescriptions => {
            const {
                &[
                    state("normal", 0, "prescriptions-normal"),
                    state("urgent_on_paper", 2, "prescriptions-urgent_on_paper"),
                    state("delayed", 1, "prescriptions-delayed"),
                    state("order_only_if_needed", 1, "prescriptions-order_only_if_needed"),
                ]
            }
        }
        Line::TestResults => {
            const {
                &[
                    state("normal", 0, "test_results-normal"),
                    state("delayed", 1, "test_results-delayed"),
                    state("paused", 2, "test_results-paused"),
                ]
            }
        }
        Line::CheckIn => {
            const { &[state("normal", 0, "check_in-normal"), state("at_the_desk", 1, "check_in-at_the_desk")] }
        }
        Line::Records => {
            const { &[state("normal", 0, "records-normal"), state("on_paper", 1, "records-on_paper")] }
        }
        Line::Outpatients => {
            const {
                &service([
                    "outpatients-normal",
                    "outpatients-delayed",
                    "outpatients-urgent_only",
                    "outpatients-cancelled",
                    "outpatients-closed",
                ])
            }
        }
        Line::Inpatients => {
            const {
                &service([
                    "inpatients-normal",
                    "inpatients-delayed",
                    "inpatients-urgent_only",
                    "inpatients-cancelled",
                    "inpatients-closed",
                ])
            }
        }
        Line::Operations => {
            const {
                &service([
                    "operations-normal",
                    "operations-delayed",
                    "operations-urgent_only",
                    "operations-cancelled",
                    "operations-closed",
                ])
            }
        }
        Line::Scans => {
            const {
                &service([
                    "scans-normal",
                    "scans-delayed",
                    "scans-urgent_only",
                    "scans-cancelled",
                    "scans-closed",
                ])
            }
        }
        Line::BloodTests => {
            const {
                &service([
                    "blood_tests-normal",
                    "blood_tests-delayed",
                    "blood_tests-urgent_only",
                    "blood_tests-cancelled",
                    "blood_tests-closed",
                ])
            }
        }
        Line::Radiotherapy => {
            const {
                &service([
                    "radiotherapy-normal",
                    "radiotherapy-delayed",
                    "radiotherapy-urgent_only",
                    "radiotherapy-cancelled",
                    "radiotherapy-closed",
                ])
            }
        }
        Line::Maternity => {
            const {
                &service([
                    "maternity-normal",
                    "maternity-delayed",
                    "maternity-urgent_only",
                    "maternity-cancelled",
                    "maternity-closed",
                ])
            }
        }
        Line::Dispensing => {
            const {
                &[
                    state("normal", 0, "dispensing-normal"),
                    state("delayed", 1, "dispensing-delayed"),
                    state("paused", 3, "dispensing-paused"),
                ]
            }
        }
        Line::Collection => {
            const {
                &[
                    state("normal", 0, "collection-normal"),
                    state("delayed", 1, "collection-delayed"),
                    state("paused", 3, "collection-paused"),
                ]
            }
        }
        Line::Deliveries => {
            const {
                &[
                    state("normal", 0, "deliveries-normal"),
                    state("delayed", 1, "deliveries-delayed"),
                    state("paused", 2, "deliveries-paused"),
                ]
            }
        }
        Line::Nhs111 => {
            const { &[state("normal", 0, "nhs_111-normal"), state("changed", 2, "nhs_111-changed")] }
        }
        Line::Emergency999 => {
            const { &[state("normal", 0, "emergency_999-normal"), state("changed", 3, "emergency_999-changed")] }
        }
    }
}
