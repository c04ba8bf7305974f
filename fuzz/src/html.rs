//! HTML and SVG, as a browser reads them.

/// What one line of a longer text on the board is: a name has as many as it needs.
const LINES: [&str; 2] = ["text class= x= y=", "/text"];

/// The elements that open and close, in order, each with the names of its
/// attributes, the lines of texts on the board aside; or what is wrong with the
/// page.
pub fn read(page: &str) -> Result<Vec<String>, String> {
    let mut shape = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").ok_or("a comment is not closed")?;
            shape.push("comment".to_owned());
            rest = &comment[end + 3..];
            continue;
        }
        let (element, length) = element(rest)?;
        if !LINES.contains(&element.as_str()) {
            shape.push(element);
        }
        rest = &rest[length..];
    }
    Ok(shape)
}

/// The element that begins here, and how long it is.
fn element(text: &str) -> Result<(String, usize), String> {
    let told = || text.lines().next().unwrap_or_default().to_owned();
    let mut shape = String::new();
    let mut quoted = false;
    let mut value = String::new();
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if quoted => {
                quoted = false;
                leads_nowhere(&shape, &std::mem::take(&mut value))?;
            }
            _ if quoted => value.push(c),
            '"' if shape.ends_with('=') => quoted = true,
            '>' => return Ok((shape, at + 1)),
            'a'..='z' | 'A'..='Z' | '0'..='9' | '/' | '-' | ':' | '!' | '=' | ' ' | '\n' => {
                shape.push(c);
            }
            _ => return Err(format!("{c:?} in an element: {}", told())),
        }
    }
    Err(format!("an element is not closed: {}", told()))
}

/// An address is one of another page or of a place on one.
fn leads_nowhere(shape: &str, value: &str) -> Result<(), String> {
    let name = shape
        .trim_end_matches('=')
        .rsplit([' ', '\n'])
        .next()
        .unwrap_or_default();
    if name.starts_with("on") {
        return Err(format!("the attribute {name} is a program"));
    }
    let address = matches!(name, "href" | "src" | "action" | "xlink:href");
    let before = value.split(['/', '#', '?']).next().unwrap_or_default();
    if address && (before.contains(':') || value.starts_with("//")) {
        return Err(format!("{name} leads to {value}"));
    }
    Ok(())
}
