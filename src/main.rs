//! The `signpost` program. Everything is in the library; see `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    signpost::cli::main()
}
