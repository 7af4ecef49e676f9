//! Charts over time.

use demarche_analysis::figure::Scene;
use demarche_analysis::figure::charts::Series;
use demarche_analysis::figure::charts::movement::{
    AskTick, DayEvent, MoveLine, MovePanel, MoveStep, Movement,
};
use demarche_analysis::figure::charts::timeline::{
    TimeBin, TimeEvent, TimePanel, TimePart, TimeScore, Timeline,
};
use demarche_model::Colour;

use super::roles;

fn panel(name: &str, bins: usize, seed: usize, percent: bool) -> TimePanel {
    let count = |bin: usize, part: usize| (bin * 7 + part * 5 + seed * 3) % (6 + part % 3);
    let part = |bin: usize, part: usize, sum: usize| {
        let count = count(bin, part);
        let value = if percent { 100.0 * count as f64 / sum.max(1) as f64 } else { count as f64 };
        TimePart { value, conditional: if part == 1 { value / 2.0 } else { 0.0 }, count }
    };
    let sum = |bin| (0..6).map(|part| count(bin, part)).sum::<usize>();
    let score = |bin: usize| {
        let value = ((bin * 5 + seed * 3) % 9) as f64 - 4.5;
        let band = (bin % 3 != 1).then_some((value - 1.2, value + 0.9));
        (bin != 2).then_some(TimeScore { value, band, few: bin % 4 == 1 })
    };
    TimePanel {
        name: name.to_owned(),
        bars: (0..bins).map(|bin| (0..6).map(|at| part(bin, at, sum(bin))).collect()).collect(),
        scores: (0..bins).map(score).collect(),
        counts: (0..bins).map(sum).collect(),
    }
}

fn event(label: &str, date: &str, at: f32, colour: usize) -> TimeEvent {
    TimeEvent { label: label.to_owned(), date: date.to_owned(), colour: Colour::nth(colour), at }
}

pub(super) fn time(width_pt: f32) -> Scene {
    let labels = ["18 Feb", "22 Feb", "1 Mar", "4 Mar", "6 Mar", "13 Mar", "2026 (day unknown)", "undated"];
    let bin = |(at, label): (usize, &&str)| TimeBin { label: (*label).to_owned(), apart: at >= 6 };
    Timeline {
        title: "Over time".to_owned(),
        description: "Moves by role and document, and their score.".to_owned(),
        measure: "% of moves".to_owned(),
        percent: true,
        scale: "tone, Goldstein".to_owned(),
        series: roles().into_iter().take(6).collect(),
        bins: labels.iter().enumerate().map(bin).collect(),
        panels: vec![panel("", 8, 1, true)],
        events: vec![
            event("Port closed", "20 Feb 2026", 1.0, 4),
            event("Second round", "6 Mar 2026", 4.5, 3),
            event("Second round, day two", "7 Mar 2026", 4.8, 3),
            event("Summit", "13 Mar 2026", 5.9, 1),
        ],
    }
    .scene(width_pt)
}

pub(super) fn time_panels(width_pt: f32) -> Scene {
    let bin = |at: usize| TimeBin { label: format!("2026-W{:02}", at + 5), apart: false };
    let names = ["Estmark", "Norvania", "Orsa Institute", "Both parties", "not specified"];
    Timeline {
        title: "Over time".to_owned(),
        description: "Moves by week, a panel for each actor.".to_owned(),
        measure: "moves".to_owned(),
        percent: false,
        scale: "tone, Goldstein".to_owned(),
        series: roles().into_iter().take(6).collect(),
        bins: (0..14).map(bin).collect(),
        panels: names.iter().enumerate().map(|(at, name)| panel(name, 14, at, false)).collect(),
        events: vec![event("Second round", "6 Mar 2026", 4.5, 3)],
    }
    .scene(width_pt)
}

fn step(day: i32, value: f64, conditional: bool) -> MoveStep {
    MoveStep { day, value, conditional, label: "Concession".to_owned() }
}

fn asks(days: &[i32]) -> Vec<AskTick> {
    days.iter().map(|&day| AskTick { day, label: "Demand".to_owned() }).collect()
}

pub(super) fn movement(width_pt: f32) -> Scene {
    let actors = vec![Series::new("Estmark", Colour::nth(3), 0), Series::new("Norvania", Colour::nth(0), 1)];
    let panel = |name: &str, first: &[(i32, f64, bool)], second: &[(i32, f64, bool)]| {
        let steps = |steps: &[(i32, f64, bool)]| {
            steps.iter().map(|&(day, value, hollow)| step(day, value, hollow)).collect()
        };
        MovePanel {
            name: name.to_owned(),
            measure: "steps".to_owned(),
            stepped: true,
            lines: vec![
                MoveLine { actor: 0, steps: steps(first), asks: asks(&[20_502, 20_504, 20_521]) },
                MoveLine { actor: 1, steps: steps(second), asks: asks(&[20_506, 20_516]) },
            ],
        }
    };
    Movement {
        title: "Movement".to_owned(),
        description: "Concessions and acceptances of each actor, by issue.".to_owned(),
        days: (20_502, 20_535),
        actors,
        panels: vec![
            panel(
                "port access",
                &[(20_512, 1.0, true), (20_525, 2.0, false)],
                &[(20_508, 1.0, false), (20_518, 3.0, false)],
            ),
            panel(
                "transit fees",
                &[(20_520, 1.0, false)],
                &[(20_515, 1.0, true), (20_521, 0.0, false), (20_527, 1.0, false)],
            ),
        ],
        events: vec![DayEvent {
            day: 20_518,
            label: "Second round".to_owned(),
            date: "6 Mar 2026".to_owned(),
            colour: Colour::nth(1),
        }],
    }
    .scene(width_pt)
}

pub(super) fn positions(width_pt: f32) -> Scene {
    let line = |actor, values: &[(i32, f64)]| MoveLine {
        actor,
        steps: values.iter().map(|&(day, value)| step(day, value, false)).collect(),
        asks: Vec::new(),
    };
    Movement {
        title: "Positions".to_owned(),
        description: "The fee that each actor names.".to_owned(),
        days: (20_300, 20_700),
        actors: vec![Series::new("Estmark", Colour::nth(3), 0), Series::new("Norvania", Colour::nth(0), 1)],
        panels: vec![MovePanel {
            name: "transit fees: fee".to_owned(),
            measure: "crowns a tonne".to_owned(),
            stepped: false,
            lines: vec![
                line(0, &[(20_310, 12.0), (20_420, 10.5), (20_650, 8.0)]),
                line(1, &[(20_330, 4.0), (20_500, 5.0), (20_680, 7.5)]),
            ],
        }],
        events: Vec::new(),
    }
    .scene(width_pt)
}
