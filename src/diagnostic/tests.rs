#[test]
fn x() {
    let (_, d) = crate::manifest::Manifest::parse(
        "[project]\n\nname=\"x\"\nnmé =\t3\n  \"a\u{202e}b\" = 1 #\u{7}\r\n[verify]\nlean=[\n]",
        "emc.toml",
    );
    let mut out = String::new();
    let mut d = d;
    d.push(
        super::Diagnostic::new(
            &super::codes::store::UNREADABLE_HEADER,
            "no \u{1b}[2J\n::header",
        )
        .at(super::Place::line("a/b", 3))
        .about("slice x")
        .note("1\n::error::2\n")
        .help("do"),
    );
    d.push(super::Diagnostic::new(
        &super::codes::store::UNREADABLE_HEADER,
        "nowhere",
    ));
    d.push(
        super::Diagnostic::new(&super::codes::store::UNREADABLE_HEADER, "a file")
            .at(super::Place::file("m/x")),
    );
    super::human::render(&d, &Default::default(), &mut out).unwrap();
    super::short::render(&d, &Default::default(), &mut out).unwrap();
    super::json::render(&d, &Default::default(), &mut out).unwrap();
    super::github::render(&d, &Default::default(), &mut out).unwrap();
    super::sarif::render(&d[..2], &Default::default(), &mut out).unwrap();
    println!("{out}");
}
#[test]
fn long() {
    let t = format!(
        "[project]\nname='x'\nx='{}'\nz{}=3",
        "é".repeat(500000),
        "y".repeat(1000_000)
    );
    let (_, d) = crate::manifest::Manifest::parse(&t, "emc.toml");
    let t0 = std::time::Instant::now();
    for d in &d {
        let mut out = String::new();
        super::human::render(&[d.clone()], &Default::default(), &mut out).unwrap();
        println!("{:.3000} {} {:?}", out, out.len(), t0.elapsed());
    }
}
