//! What a person can type about the MCP server.

use std::{net::IpAddr, path::PathBuf};

use clap::{Args, Subcommand};

/// `cargo emc mcp`
#[derive(Args, Debug)]
pub struct Mcp {
    /// How it is reached
    #[command(subcommand)]
    pub door: McpDoor,
}

/// How the server is reached.
#[derive(Debug, Subcommand)]
pub enum McpDoor {
    /// Over the standard input and output, for an agent that starts the server
    Stdio {
        /// Where the project is.
        #[command(flatten)]
        root: Root,
    },
    /// Over HTTP (streamable), for agents that find the server running
    Http(McpHttp),
}

/// Where the project is.
#[derive(Args, Debug)]
pub struct Root {
    /// The folder of the project, which no call leaves [default: the nearest
    /// project, or the current folder]
    #[arg(long, value_name = "DIR", conflicts_with_all = ["config", "manifest_path", "package", "workspace"])]
    pub root: Option<PathBuf>,
}

/// `cargo emc mcp http`
#[derive(Args, Debug)]
pub struct McpHttp {
    /// Where the project is.
    #[command(flatten)]
    pub root: Root,
    /// The address to listen at; any other than loopback needs a token
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// The port; 0 takes a free one and says which
    #[arg(long, value_name = "PORT", default_value_t = 8732)]
    pub port: u16,
    /// The token that each request has to bear. Others on this machine can see
    /// it among the processes: the variable or a file is better
    #[arg(
        long,
        value_name = "TOKEN",
        env = "EMC_MCP_TOKEN",
        hide_env_values = true,
        conflicts_with = "auth_token_file"
    )]
    pub auth_token: Option<String>,
    /// Read the token from this file
    #[arg(long, value_name = "FILE")]
    pub auth_token_file: Option<PathBuf>,
    /// A name or address by which this host may be called (`desk.example`);
    /// may be given again
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
    /// A page in a browser that may send requests (`https://desk.example:443`);
    /// may be given again. Without it none may
    #[arg(long, value_name = "ORIGIN")]
    pub allow_origin: Vec<String>,
}
