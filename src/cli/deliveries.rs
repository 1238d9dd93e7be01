//! x
#[derive(clap::Args)]
pub struct Args {}
pub async fn run(_: crate::config::Config, _: Args) -> crate::error::Result<std::process::ExitCode> {
    Ok(std::process::ExitCode::SUCCESS)
}
