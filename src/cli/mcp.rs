//! `cargo emc mcp`.

use std::{net::SocketAddr, path::Path};

use super::{
    Exit, Serve,
    args::{Global, Mcp, McpDoor, McpHttp, Root},
    screen::{Screen, Verbosity},
    verbs::failed,
};
use crate::{
    diagnostic::{
        Diagnostic,
        codes::manifest::{NOT_FOUND, USAGE},
    },
    disk::{
        Failure,
        discover::{self, Surroundings},
        fs, target,
        workspace::{self, Selection},
    },
    manifest::FILE_NAME,
    ops::session::{Door, Http, Session, Token},
};

/// Run `cargo emc mcp`; `serve` is none where the server was left out.
pub fn run(
    arguments: &Mcp,
    global: &Global,
    serve: Option<Serve>,
    screen: &Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let Some(serve) = serve else {
        return Err(vec![
            Diagnostic::new(&USAGE, "this cargo-emc was built without the MCP server")
                .help("install it again with the feature `mcp`"),
        ]);
    };
    let (root, door) = match &arguments.door {
        McpDoor::Stdio { root } => (root, Door::Stdio),
        McpDoor::Http(asked) => (&asked.root, Door::Http(http(asked)?)),
    };
    let session = session(root, global)?;
    serve(&session, &door, &|text| {
        screen.line(Verbosity::Normal, "Listening", text);
    })?;
    Ok(Exit::Clean)
}

/// The project that is served.
fn session(root: &Root, global: &Global) -> Result<Session, Vec<Diagnostic>> {
    let current_dir = super::current_dir()?;
    let surroundings = Surroundings {
        current_dir: &current_dir,
        variables: &|name| std::env::var_os(name),
    };
    let found = if let Some(root) = &root.root {
        let folder = current_dir.join(root);
        if !folder.is_dir() {
            let message = format!("`{}` is no folder", root.display());
            return Err(vec![Diagnostic::new(&USAGE, message)]);
        }
        // A pointer in the folder counts; what lies above it does not.
        let own = discover::Project::new(&folder.join(FILE_NAME), &surroundings);
        let found = discover::find(&folder, &surroundings).map_err(|finding| vec![*finding])?;
        found
            .filter(|found| found.root.starts_with(&own.root))
            .unwrap_or(own)
    } else {
        let selection = super::selection(global);
        match workspace::projects(&selection, &surroundings) {
            Ok(projects) => super::only(projects)?,
            // The server can start a project.
            Err(findings)
                if selection == Selection::default()
                    && findings.iter().all(|finding| finding.code == &NOT_FOUND) =>
            {
                discover::Project::new(FILE_NAME.as_ref(), &surroundings)
            }
            Err(findings) => return Err(findings),
        }
    };
    Ok(Session {
        target: target::target_dir(&found.root, &surroundings),
        found,
    })
}

fn http(asked: &McpHttp) -> Result<Http, Vec<Diagnostic>> {
    let token = match (&asked.auth_token, &asked.auth_token_file) {
        (Some(token), _) => Some(token.clone()),
        (None, Some(file)) => Some(read(file).map_err(|failure| failed(&failure))?),
        (None, None) => None,
    };
    let token = token.as_deref().map(checked).transpose()?;
    if token.is_none() && !asked.host.is_loopback() {
        let message = format!(
            "`--host {}` lets other machines in, and no token is set",
            asked.host
        );
        return Err(vec![
            Diagnostic::new(&USAGE, message)
                .note("whoever reaches the server can change the model")
                .help("set a token in EMC_MCP_TOKEN or with `--auth-token-file FILE`")
                .help("or listen at 127.0.0.1, which only this machine reaches"),
        ]);
    }
    Ok(Http {
        address: SocketAddr::new(asked.host, asked.port),
        token,
        hosts: asked.allow_host.clone(),
        origins: asked.allow_origin.clone(),
    })
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_given(file).map_err(|cause| Failure::new("read the token", file, cause))
}

/// The shortest token: 16 characters, as many as 64 random bits take in hex.
const SHORTEST: usize = 16;

/// A token that can stand in a header and is not guessed soon. What is wrong
/// with it is told without it.
fn checked(text: &str) -> Result<Token, Vec<Diagnostic>> {
    let text = text.trim();
    let wrong = if text.len() < SHORTEST {
        format!("the token is shorter than {SHORTEST} characters")
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        "the token holds something else than visible ASCII characters".to_owned()
    } else {
        return Ok(Token(text.to_owned()));
    };
    Err(vec![
        Diagnostic::new(&USAGE, wrong).help("`openssl rand -hex 32` makes one"),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_that_are_too_short_or_no_header_are_refused_without_being_told() {
        for wrong in [
            "",
            "  ",
            "secret",
            "a token with some blanks",
            "sécret-sécret-sécret",
        ] {
            let refused = checked(wrong).expect_err(wrong);
            let told = format!("{refused:?}");
            assert!(wrong.trim().is_empty() || !told.contains(wrong), "{told}");
        }
        let token = checked(" 0123456789abcdef\n").expect("a token");
        assert_eq!(token.0, "0123456789abcdef");
        assert_eq!(format!("{token:?}"), "Token(..)");
    }
}
