//! Frames at three sizes, and what no sequence of events may lose.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::data::{Answer, Page, Question, Said, Source};
use super::draw::{self, Look};
use super::samples::{ago, answer, checks, id, now, page, pairs, thread};
use super::state::{Effect, Event, May, Over, State, View};
use crate::domain::environment::{Environment, Marked, Place};
use crate::error::Failure;

const PLAIN: Look = Look { has_colours: false, is_production: false };
const ALL: May = May { contacts: true, jobs: true, settings: true };
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

fn place(environment: Environment) -> Place {
    Place {
        profile: None,
        database: String::from("inbox"),
        server: String::from("db.example"),
        environment: Marked::As(environment),
    }
}

fn state() -> State {
    State::new(place(Environment::Staging), ALL, now()).0
}

fn code(state: &mut State, code: KeyCode) -> Vec<Effect> {
    state.update(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

/// Presses keys, and answers whatever they ask.
fn press(state: &mut State, keys: &str) {
    for key in keys.chars() {
        let effects = match key {
            '\n' => code(state, KeyCode::Enter),
            '\u{1b}' => code(state, KeyCode::Esc),
            key => code(state, KeyCode::Char(key)),
        };
        answer_all(state, effects);
    }
}

fn answer_all(state: &mut State, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Ask(ticket, question) => {
                let further = state.update(Event::Answered(ticket, Ok(answer(&question))));
                answer_all(state, further);
            }
            Effect::Examine => _ = state.update(Event::Examined(Ok(checks()))),
            Effect::Match => _ = state.update(Event::Matched(Ok(pairs()))),
            _ => {}
        }
    }
}

fn frame(state: &mut State, (columns, rows): (u16, u16), look: Look) -> String {
    state.update(Event::Resize(columns, rows));
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| draw::draw(frame, state, look)).unwrap();
    if columns == 0 || rows == 0 {
        return String::new();
    }
    // Each line in quotes, and after it what wide characters hide.
    let shown = terminal.backend().to_string();
    let line = |line: &str| {
        let shown = line.split("\" Hidden").next().unwrap_or_default();
        format!("{}\n", shown.trim_matches('"'))
    };
    shown.lines().map(line).collect()
}

#[test]
fn frames() {
    for (name, keys) in [
        ("overview", ""),
        ("contacts", "2jj"),
        ("thread", "2\n"),
        ("duplicates", "3\n"),
        ("jobs_menu", "4a"),
        ("audit_facts", "6\n"),
        ("help", "?"),
    ] {
        for size in SIZES {
            let (mut state, first) = State::new(place(Environment::Staging), ALL, now());
            answer_all(&mut state, first);
            press(&mut state, keys);
            let shown = frame(&mut state, size, PLAIN);
            assert!(!shown.contains('\u{1b}'), "{name}: an escape code is obeyed");
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), shown);
        }
    }
}

#[test]
fn production_has_another_frame() {
    let (mut state, _) = State::new(place(Environment::Production), ALL, now());
    let look = Look { has_colours: true, is_production: true };
    state.update(Event::Resize(80, 24));
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| draw::draw(frame, &state, look)).unwrap();
    let corner = &terminal.backend().buffer()[(0, 0)];
    assert_eq!((corner.symbol(), corner.fg), ("┏", ratatui::style::Color::Red));
    let plain = frame(&mut state, (80, 24), Look { has_colours: false, is_production: true });
    assert!(plain.starts_with('╔') && plain.contains(" PRODUCTION "), "{plain}");
}

#[test]
fn who_may_only_look_is_offered_nothing() {
    for (keys, actions) in [("2", 0), ("2 j", 2), ("4", 1), ("7", 1), ("3\n", 3)] {
        for may in [ALL, May::default()] {
            let (mut state, first) = State::new(place(Environment::Test), may, now());
            answer_all(&mut state, first);
            press(&mut state, keys);
            let expected = if may == ALL { actions } else { 0 };
            assert_eq!(state.actions().len(), expected, "{keys}");
            // No letter does it either.
            let ran = "mnutexsv".chars().any(|letter| {
                let effects = code(&mut state, KeyCode::Char(letter));
                effects.iter().any(|effect| matches!(effect, Effect::Run(_)))
            });
            assert_eq!(ran, expected > 0, "{keys}");
        }
    }
}

#[test]
fn an_action_is_a_command_line_with_whole_ids() {
    let (mut state, first) = State::new(place(Environment::Test), ALL, now());
    answer_all(&mut state, first);
    press(&mut state, "2 j");
    let effects = code(&mut state, KeyCode::Char('m'));
    let words = ["contacts", "merge", &id(0).to_string(), &id(1).to_string()].map(str::to_owned);
    assert!(effects.contains(&Effect::Run(words.to_vec())), "{effects:?}");
}

#[test]
fn an_answer_to_an_earlier_question_comes_too_late() {
    let mut state = state();
    press(&mut state, "2");
    press(&mut state, "/");
    let asked = code(&mut state, KeyCode::Char('a'));
    let [Effect::Ask(first, _)] = &asked[..] else { panic!("{asked:?}") };
    let again = code(&mut state, KeyCode::Char('n'));
    let [Effect::Ask(second, _)] = &again[..] else { panic!("{again:?}") };
    let mut late = page(&Source::Contacts);
    late.rows.truncate(1);
    state.update(Event::Answered(*first, Ok(Answer::Page(late.clone()))));
    let View::List(list) = state.view() else { panic!("a list") };
    assert_ne!(list.shown().len(), 1, "the late one isn't shown");
    state.update(Event::Answered(*second, Ok(Answer::Page(late))));
    let View::List(list) = state.view() else { panic!("a list") };
    assert_eq!(list.shown().len(), 1);
}

#[test]
fn a_message_that_arrives_is_told_to_who_reads_further_up() {
    let mut state = state();
    press(&mut state, "2\nkkkk");
    let mut page = thread();
    let newest = Said { id: id(77), at: ago(0), ..page.said[0].clone() };
    page.said.push(newest);
    let question = state.update(Event::Tick(now() + jiff::SignedDuration::from_secs(2)));
    let [Effect::Ask(ticket, _)] = &question[..] else { panic!("{question:?}") };
    state.update(Event::Answered(*ticket, Ok(Answer::Thread(Box::new(page)))));
    let View::Thread(thread) = state.view() else { panic!("a thread") };
    assert_eq!((thread.said.len(), thread.unseen), (6, 1));
    press(&mut state, "G");
    let View::Thread(thread) = state.view() else { panic!("a thread") };
    assert_eq!(thread.unseen, 0, "it is seen at the bottom");
}

/// An event, and how the questions that it asks are answered.
#[derive(Debug, Clone)]
enum Step {
    Key(KeyCode, bool),
    Paste(String),
    Resize(u16, u16),
    Tick(u8),
    Answer(bool),
    Late(u64),
    Lost,
    Connected,
    Examined(bool),
    Matched(bool),
    Returned(Option<i32>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let keys = prop::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::F(1),
    ]);
    let letters = prop::sample::select(
        "12345678jkghlGqar/y?mnutexvsoOi é漢\u{202e}".chars().collect::<Vec<_>>(),
    );
    let step = prop_oneof![
        8 => letters.prop_map(|letter| Step::Key(KeyCode::Char(letter), false)),
        6 => keys.prop_map(|key| Step::Key(key, false)),
        1 => prop::sample::select(vec!['d', 'u', 'f', 'b', 'w', 'a', 'e', 'z'])
            .prop_map(|letter| Step::Key(KeyCode::Char(letter), true)),
        6 => any::<bool>().prop_map(Step::Answer),
        1 => (0u64..50).prop_map(Step::Late),
        1 => ".{0,30}".prop_map(Step::Paste),
        1 => (0u16..220, 0u16..70).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        1 => (0u8..20).prop_map(Step::Tick),
        1 => Just(Step::Lost),
        1 => Just(Step::Connected),
        1 => any::<bool>().prop_map(Step::Examined),
        1 => any::<bool>().prop_map(Step::Matched),
        1 => prop::option::of(0i32..5).prop_map(Step::Returned),
    ];
    prop::collection::vec(step, 0..60)
}

fn apply(state: &mut State, step: Step, asked: &mut Option<(u64, Question)>) -> Vec<Effect> {
    let effects = state.update(match step {
        Step::Key(code, false) => Event::Key(KeyEvent::new(code, KeyModifiers::NONE)),
        Step::Key(code, true) => Event::Key(KeyEvent::new(code, KeyModifiers::CONTROL)),
        Step::Paste(text) => Event::Paste(text),
        Step::Resize(columns, rows) => Event::Resize(columns, rows),
        Step::Tick(seconds) => {
            Event::Tick(state.now + jiff::SignedDuration::from_secs(i64::from(seconds)))
        }
        Step::Answer(well) => match asked.take() {
            Some((ticket, question)) if well => Event::Answered(ticket, Ok(answer(&question))),
            Some((ticket, _)) => Event::Answered(ticket, Err(Failure::failed("it failed"))),
            None => return Vec::new(),
        },
        Step::Late(ticket) => Event::Answered(ticket, Ok(Answer::Page(Page::default()))),
        Step::Lost => Event::Lost(Failure::busy("the connection was lost").why("gone")),
        Step::Connected => Event::Connected,
        Step::Examined(well) => {
            Event::Examined(if well { Ok(checks()) } else { Err(String::from("no")) })
        }
        Step::Matched(well) => {
            Event::Matched(if well { Ok(pairs()) } else { Err(String::from("no")) })
        }
        Step::Returned(code) => Event::Returned(code),
    });
    for effect in &effects {
        if let Effect::Ask(ticket, question) = effect {
            *asked = Some((*ticket, question.clone()));
        }
    }
    effects
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever comes in whatever order: no panic in state or drawing at any size, nothing that is
    /// done but by a key, and a few times Esc lead to the beginning of a view, from where `q` quits.
    #[test]
    fn no_sequence_of_events_loses_the_way_back(steps in steps(), may in any::<bool>()) {
        let may = if may { ALL } else { May::default() };
        let (mut state, first) = State::new(place(Environment::Staging), may, now());
        let mut asked = None;
        for effect in first {
            if let Effect::Ask(ticket, question) = effect {
                asked = Some((ticket, question));
            }
        }
        for step in steps {
            let is_key = matches!(step, Step::Key(..));
            let effects = apply(&mut state, step, &mut asked);
            let acts = effects.iter().any(|one| matches!(one, Effect::Run(_) | Effect::Quit));
            prop_assert!(!acts || is_key);
            let runs = effects.iter().any(|one| matches!(one, Effect::Run(_)));
            prop_assert!(!runs || may == ALL, "who may only look ran something");
            let size = state.size;
            frame(&mut state, size, PLAIN);
            if effects.contains(&Effect::Quit) {
                return Ok(());
            }
        }
        for _ in 0..50 {
            if state.depth() == 1 && state.over.is_none() {
                break;
            }
            code(&mut state, KeyCode::Esc);
        }
        prop_assert_eq!(state.depth(), 1);
        prop_assert!(state.over.is_none());
        prop_assert!(code(&mut state, KeyCode::Char('q')).contains(&Effect::Quit));
    }

    /// Ctrl-C quits, whatever lies over what.
    #[test]
    fn control_c_quits_from_anywhere(steps in steps()) {
        let mut state = state();
        let mut asked = None;
        for step in steps {
            apply(&mut state, step, &mut asked);
        }
        let is_typing = matches!(state.over, Some(Over::Typing(_)));
        let key = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        let effects = state.update(Event::Key(key));
        prop_assert_eq!(effects, vec![Effect::Quit], "typing: {}", is_typing);
    }
}
