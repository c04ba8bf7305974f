//! What operations come to, for programs and for readers of plain text: the
//! lines of `--message-format json`, and what the MCP server answers.

pub mod json;
pub mod text;
