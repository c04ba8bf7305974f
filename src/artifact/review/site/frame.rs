//! What every page has: its head, the way back, the search box.

use maud::{DOCTYPE, Markup, html};

use super::shown::Shown;
use crate::model::Model;

/// Where a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The first page.
    Front,
    /// The page of a workflow, a folder deeper.
    Workflow,
}

/// Nothing is fetched but the style sheet and the script beside the page, and
/// nothing written in a page is run. `'self'` holds where the pages are served,
/// `file:` where they are opened from disk.
const POLICY: &str = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; base-uri 'none'; form-action 'none'";

/// The name of the project, or what stands for it.
pub(super) fn project(model: &Model) -> &str {
    let name = model.project.as_ref();
    name.map_or("Event model", |name| name.value.as_str())
}

/// A page around its body.
pub(super) fn page(place: Place, title: &str, model: &Model, body: &Markup) -> String {
    let up = match place {
        Place::Front => "",
        Place::Workflow => "../",
    };
    let project = project(model);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title {
                    (Shown(title))
                    @if place == Place::Workflow { " · " (Shown(project)) }
                }
                link rel="stylesheet" href={ (up) "assets/pages.css" };
                script src={ (up) "assets/pages.js" } defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header {
                    nav aria-label="Pages" {
                        @if place == Place::Workflow { a href="../index.html" { (Shown(project)) } " / " }
                    }
                    h1 { (Shown(title)) }
                    search hidden {
                        input #search type="search" placeholder="Search ( / )" aria-label="Search" autocomplete="off" spellcheck="false";
                        ol #found aria-label="Found" hidden {}
                    }
                }
                main #main { (body) }
                @if place == Place::Workflow { aside #panel hidden aria-label="Definition" tabindex="-1" {} }
            }
        }
    };
    let mut page = page.into_string();
    page.push('\n');
    page
}
