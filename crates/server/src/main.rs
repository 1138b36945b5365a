//! `praxis-server`: the central server's process.

use std::{io::Write, net::SocketAddr, path::PathBuf};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use server::Storage;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

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
        #[command(flatten)]
        place: Place,
        /// How many organizations may make this server theirs.
        #[arg(long, default_value_t = 1)]
        organizations: usize,
        /// Address and port. Port 0 takes a free one and prints it.
        #[arg(long, default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
    },
    /// Print, for each organization, the digest over all replicated columns and the position it stands for. A server
    /// on an embedded file must not be running.
    Digest {
        #[command(flatten)]
        place: Place,
    },
    /// Prepare a PostgreSQL database, or bring it to this program's schema. Done again, it changes nothing.
    Migrate {
        #[command(flatten)]
        into: Target,
    },
    /// Move the clinic of an embedded file into an empty PostgreSQL database: copied, counted and compared, or not at
    /// all. The server must not be running; its file is only read and stays as it is.
    Move {
        #[command(flatten)]
        into: Target,
    },
    /// Print the records that bear an identifier (a document's number, a telephone, an address for mail).
    Find {
        #[command(flatten)]
        place: Place,
        /// The organization.
        #[arg(long)]
        organization: Uuid,
        /// The identifier, with or without punctuation.
        identifier: String,
    },
}

/// Where the server's data lies.
#[derive(Debug, Args)]
struct Place {
    /// The server's folder: its key and, without a database, everything. Made when it does not exist.
    #[arg(long)]
    data: PathBuf,
    /// A PostgreSQL's address, of a role that owns nothing: postgresql://praxis_app@localhost/praxis. Better given in
    /// the environment, where other users of the machine do not see it.
    #[arg(long, env = "PRAXIS_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl Place {
    fn storage(self, organizations: usize) -> Storage {
        Storage { data: self.data, database: self.database, organizations }
    }
}

/// The database that is prepared, and the key it is bound to.
#[derive(Debug, Args)]
struct Target {
    /// The server's folder with its key; made when it does not exist.
    #[arg(long)]
    data: PathBuf,
    /// A PostgreSQL's address, of the role that owns the database.
    #[arg(long, env = "PRAXIS_DATABASE_OWNER", hide_env_values = true)]
    database: String,
}

fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match Arguments::parse().command {
        Command::Serve { place, organizations, listen } => {
            let runtime = tokio::runtime::Runtime::new().context("while starting")?;
            runtime.block_on(serve(place.storage(organizations), listen))
        }
        Command::Digest { place } => digest(place),
        Command::Migrate { into } => {
            server::migrate(&into.data, &into.database).context("while preparing the database")?;
            say("the database is ready")
        }
        Command::Move { into } => {
            let (org, moved) = server::move_to(&into.data, &into.database).context("nothing was moved")?;
            say(&format!(
                "{}: moved {} entries with {} parts, {} records, {} desks, {} roles, {} codes; compared, all the same",
                org.0, moved.entries, moved.parts, moved.records, moved.devices, moved.members, moved.invites
            ))
        }
        Command::Find { place, organization, identifier } => {
            for (kind, record) in server::find(place.storage(1), organization.into(), &identifier)? {
                say(&format!("{} {}", domain::registry::kind(kind).map_or("unknown", |kind| kind.table), record.0))?;
            }
            Ok(())
        }
    }
}

fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("while printing")
}

fn digest(place: Place) -> anyhow::Result<()> {
    let at = place.data.display().to_string();
    for held in server::digests(place.storage(1)).with_context(|| format!("while reading {at}"))? {
        say(&format!("{} replicated {} at {}", held.org.0, held.digest, held.position))?;
    }
    Ok(())
}

async fn serve(storage: Storage, listen: SocketAddr) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).await.with_context(|| format!("while listening on {listen}"))?;
    let address = listener.local_addr().context("while asking for the address")?;
    let mut out = std::io::stdout();
    writeln!(out, "praxis-server listens on http://{address}").context("while saying where")?;
    out.flush().context("while saying where")?;
    let at = storage.data.display().to_string();
    server::run(storage, listener, told_to_stop()).await.with_context(|| format!("while serving {at}"))
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
