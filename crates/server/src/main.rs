//! `praxis-server`: the central server's process.

use std::{
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Parser, Subcommand};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// The central server of a clinic's Praxis desks.
#[derive(Debug, Parser)]
#[command(name = "praxis-server", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the folder until told to stop.
    Serve {
        /// The server's folder; made when it does not exist.
        #[arg(long)]
        data: PathBuf,
        /// Address and port. Port 0 takes a free one and prints it.
        #[arg(long, default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
    },
    /// Print, for each organization, the digest over all replicated columns and the position it stands for. The
    /// server must not be running.
    Digest {
        /// The server's folder.
        #[arg(long)]
        data: PathBuf,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match Arguments::parse().command {
        Command::Serve { data, listen } => serve(&data, listen).await,
        Command::Digest { data } => digest(&data),
    }
}

fn digest(data: &Path) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    for held in server::digests(data).with_context(|| format!("while reading {}", data.display()))? {
        writeln!(out, "{} replicated {} at {}", held.org.0, held.digest, held.position).context("while printing")?;
    }
    Ok(())
}

async fn serve(data: &Path, listen: SocketAddr) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).await.with_context(|| format!("while listening on {listen}"))?;
    let address = listener.local_addr().context("while asking for the address")?;
    let mut out = std::io::stdout();
    writeln!(out, "praxis-server listens on http://{address}").context("while saying where")?;
    out.flush().context("while saying where")?;
    server::run(data, listener, told_to_stop()).await.with_context(|| format!("while serving {}", data.display()))
}

/// Control-C, or the service manager's request.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    drop(interrupted.await);
}
