//! The program `hearback`: parses the command line and hands over.

use std::process::ExitCode;

fn main() -> ExitCode {
    hearback::cli::main()
}
