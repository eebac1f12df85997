//! How fast a gigabyte of logs is gathered and examined by every rule, beside DuckDB doing the aggregates that the rules need, and
//! a Sigma runner in Python doing the rules alone.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use super::Figures;
use super::world::{Desk, each, fresh, number, text, told};
use crate::run::{self, Done};
use crate::set_up;

/// Megabytes of logs, unless `HABEAS_BENCH_MB` says another number.
const MEGABYTES: u64 = 1024;
const DAYS: u64 = 28;
/// Users, each with its app, client and network; the last one's token is stolen on the last day but two.
const USERS: u64 = 400;

/// DuckDB is what a data engineer would take; azuma matches Sigma rules event by event.
const PEERS: [&str; 4] = ["duckdb==2.0.0", "azuma==0.7.3", "pyyaml", "packaging"];

pub(crate) fn measure(figures: &mut Figures) -> Done {
    let megabytes = match std::env::var("HABEAS_BENCH_MB") {
        Ok(said) => said.parse().map_err(|_| format!("HABEAS_BENCH_MB is no number: {said}"))?,
        Err(_) => MEGABYTES,
    };
    let folder = fresh("events")?;
    let (bytes, rows) = write_logs(&folder, megabytes * 1_000_000)
        .map_err(|error| format!("the events could not be written: {error}"))?;
    let megabytes = bytes as f64 / 1e6;
    figures.noted("events and megabytes of them", format!("{rows} and {megabytes:.0}"));

    let desk = Desk::alone("logs")?;
    let opened =
        desk.run(&["incident", "open", "--title", "T", "--discovered-at", "2026-10-29T10:00:00-07:00"])?;
    let incident = text(&opened.view["incident"]).to_owned();
    let logs = folder.to_string_lossy().into_owned();
    let gathered = desk.run(&["incident", "gather", &incident, "--logs", &logs])?;
    let kept: f64 = each(&gathered.view["sources"]).map(|it| number(it, "rows")).sum();
    if kept < rows as f64 * 0.999 {
        return Err(format!("of {rows} events only {kept} were kept"));
    }
    let found = desk.run(&["incident", "find", &incident, "--strength", "everything"])?;
    let rules: Vec<&str> = each(&found.view["findings"]).map(|it| text(&it["rule"])).collect();
    if !rules.contains(&"integration-script-client") {
        return Err(format!("the theft in the events was not found: {rules:?}"));
    }
    let (gather, find) = (gathered.took.as_secs_f64(), found.took.as_secs_f64());
    figures.noted("gathered", format!("{gather:.1} s, {:.0} MB/s", megabytes / gather));
    figures.noted("examined by every rule", format!("{find:.1} s, {:.0} MB/s", megabytes / find));
    let both = megabytes / (gather + find);
    figures.held("gathered and examined", format!("{both:.0} MB/s"), "100 MB/s", both >= 100.0);
    let peak = gathered.peak_mb.max(found.peak_mb).ok_or("the memory held could not be seen")?;
    figures.held("most memory held", format!("{peak} MB"), "under 500 MB", peak < 500);

    let python = set_up::python_with("bench-python", &PEERS)?;
    let script = run::root().join("xtask/src/bench/logs_peers.py");
    let peers =
        told(Command::new(python).arg(script).arg(&folder).arg(run::root().join("assets/detection")))?;
    let duck = number(&peers, "duckdb_seconds");
    figures.noted(
        "DuckDB, two threads, the aggregates alone",
        format!("{duck:.1} s, {:.0} MB/s", megabytes / duck),
    );
    figures.noted("our examining against DuckDB's aggregates", format!("{:.2} times its time", find / duck));
    let runner = number(&peers, "runner_mb_per_second");
    figures.noted("azuma, the single-event rules alone, on a part", format!("{runner:.2} MB/s"));
    figures.noted("our examining against azuma", format!("{:.0} times its speed", megabytes / find / runner));
    Ok(())
}

/// The same numbers on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Writes a file for each type and day; gives their bytes and events.
fn write_logs(folder: &Path, most: u64) -> std::io::Result<(u64, u64)> {
    let (mut dice, mut bytes, mut rows) = (Dice(20_261_020), 0_u64, 0_u64);
    for day in 0..DAYS {
        for (kind, share) in [("Login", 5), ("ApiTotalUsage", 40), ("RestApi", 55)] {
            let path = folder.join(format!("{kind}_2026-10-{:02}.csv", day + 1));
            let mut out = Counted { to: BufWriter::new(File::create(path)?), bytes: 0 };
            writeln!(out, "{}", header(kind))?;
            let until = most * share / 100 / DAYS;
            let mut n = 0;
            while out.bytes < until {
                let second = out.bytes * 86_399 / until;
                event(&mut out, kind, day, second, n, &mut dice)?;
                n += 1;
            }
            out.to.flush()?;
            bytes += out.bytes;
            rows += n;
        }
    }
    Ok((bytes, rows))
}

fn header(kind: &str) -> String {
    let names = match kind {
        "Login" => {
            "EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID RUN_TIME CPU_TIME URI SESSION_KEY LOGIN_KEY LOGIN_STATUS LOGIN_TYPE \
             BROWSER_TYPE API_VERSION SOURCE_IP COUNTRY_CODE TIMESTAMP_DERIVED USER_ID_DERIVED CLIENT_IP"
        }
        "ApiTotalUsage" => {
            "EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID USER_NAME CLIENT_IP CLIENT_NAME CONNECTED_APP_ID \
             CONNECTED_APP_NAME API_CLIENT_CATEGORY API_FAMILY API_VERSION API_RESOURCE HTTP_METHOD ENTITY_NAME STATUS_CODE \
             COUNTS_AGAINST_API_LIMIT TIMESTAMP_DERIVED"
        }
        _ => {
            "EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID RUN_TIME CPU_TIME URI SESSION_KEY LOGIN_KEY METHOD STATUS_CODE \
             ENTITY_NAME QUERY NUMBER_FIELDS ROWS_PROCESSED REQUEST_SIZE RESPONSE_SIZE USER_AGENT CLIENT_NAME CONNECTED_APP_ID \
             DB_TOTAL_TIME TIMESTAMP_DERIVED USER_ID_DERIVED CLIENT_IP"
        }
    };
    names.split_whitespace().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(",")
}

fn event(
    out: &mut impl Write,
    kind: &str,
    day: u64,
    second: u64,
    n: u64,
    dice: &mut Dice,
) -> std::io::Result<()> {
    let user = dice.below(USERS);
    let stolen = user == USERS - 1 && day >= DAYS - 2 && dice.below(2) == 0;
    let (hour, minute, left) = (second / 3600, second / 60 % 60, second % 60);
    let at = format!("202610{:02}{hour:02}{minute:02}{left:02}.{:03}", day + 1, n % 1000);
    let iso = format!("2026-10-{:02}T{hour:02}:{minute:02}:{left:02}.{:03}Z", day + 1, n % 1000);
    let request = format!("4{day:02}{kind:.2}{n:012}");
    let id = format!("0055g00000{user:05}");
    let key = format!("S{day:02}{user:05}{}", u8::from(stolen));
    let address =
        if stolen { "192.0.2.144".to_owned() } else { format!("198.51.{}.{}", user / 200, user % 200 + 1) };
    let client =
        if stolen { "python-requests/2.32.4".to_owned() } else { format!("Connector {}/2.1", user % 40) };
    let app = format!("0H45g0000{:06}", user % 40);
    let objects = ["Contact", "Account", "Case", "Lead", "Opportunity", "Task"];
    let object = objects[usize::try_from(dice.below(6)).unwrap_or(0)];
    match kind {
        "Login" => writeln!(
            out,
            "\"Login\",\"{at}\",\"{request}\",\"00D5g00000002bP\",\"{id}\",\"{}\",\"12\",\"/services/oauth2/token\",\"{key}\",\"{key}\",\
             \"LOGIN_NO_ERROR\",\"i\",\"{client}\",\"68.0\",\"{address}\",\"US\",\"{iso}\",\"{id}AAA\",\"{address}\"",
            dice.below(300)
        ),
        "ApiTotalUsage" => writeln!(
            out,
            "\"ApiTotalUsage\",\"{at}\",\"{request}\",\"00D5g00000002bP\",\"{id}\",\"user{user}@example.com\",\"{address}\",\"{client}\",\
             \"{app}\",\"Connector {}\",\"EXTERNAL_APPLICATION\",\"REST\",\"68.0\",\"/v68.0/query\",\"GET\",\"{object}\",\"200\",\"1\",\"{iso}\"",
            user % 40
        ),
        _ => {
            let rows = if stolen { 40_000 + dice.below(9_000) } else { dice.below(200) };
            writeln!(
                out,
                "\"RestApi\",\"{at}\",\"{request}\",\"00D5g00000002bP\",\"{id}\",\"{}\",\"31\",\"/services/data/v68.0/query\",\"{key}\",\
                 \"{key}\",\"GET\",\"200\",\"{object}\",\"SELECT Id, Name, Email, SystemModstamp FROM {object} WHERE SystemModstamp > {iso} \
                 AND OwnerId = '{id}'\",\"4\",\"{rows}\",\"{}\",\"{}\",\"9998\",\"{client}\",\"{app}\",\"{}\",\"{iso}\",\"{id}AAA\",\"{address}\"",
                dice.below(900),
                dice.below(2_000),
                dice.below(90_000),
                dice.below(50_000_000)
            )
        }
    }
}

struct Counted<W> {
    to: W,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
