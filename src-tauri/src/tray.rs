//! The sign in the tray: how things stand, and the way back to the window.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

use crate::closing::{self, raise};
use crate::page::{Note, Page};
use crate::standing::{Sign, Standing};

const OPEN: &str = "open";
const NEW: &str = "new";
const QUIT: &str = "quit";

pub struct Tray {
    icon: TrayIcon,
    line: MenuItem<Wry>,
    mark: Image<'static>,
}

impl Tray {
    /// `None` where the desktop has no place for one.
    pub fn put_up(app: &AppHandle) -> Option<Self> {
        // Its library on Linux is looked for at run time, and panics where it is not installed.
        match catch_unwind(AssertUnwindSafe(|| build(app))) {
            Ok(Ok(tray)) => Some(tray),
            Ok(Err(error)) => {
                tracing::warn!(%error, "there is no tray");
                None
            }
            Err(_) => {
                tracing::warn!("there is no tray: libayatana-appindicator3 is not installed");
                None
            }
        }
    }

    pub fn show(&self, standing: Standing) {
        let words = standing.words();
        let mark = marked(&self.mark, standing.sign());
        let shown = self.icon.set_icon(Some(mark)).and_then(|()| self.line.set_text(&words));
        let shown = shown.and_then(|()| self.icon.set_tooltip(Some(format!("Conclave: {words}"))));
        if let Err(error) = shown {
            tracing::debug!(%error, "the tray could not be changed");
        }
    }
}

fn build(app: &AppHandle) -> tauri::Result<Tray> {
    let line = MenuItem::new(app, Standing::default().words(), false, None::<&str>)?;
    let item = |id, words| MenuItem::with_id(app, id, words, true, None::<&str>);
    let menu = Menu::with_items(
        app,
        &[
            &line,
            &PredefinedMenuItem::separator(app)?,
            &item(OPEN, "Open Conclave")?,
            &item(NEW, "New session…")?,
            &PredefinedMenuItem::separator(app)?,
            &item(QUIT, "Quit")?,
        ],
    )?;
    let mark = app.default_window_icon().cloned().ok_or(tauri::Error::InvalidIcon(no_icon()))?.to_owned();
    let icon = TrayIconBuilder::with_id("main")
        .icon(marked(&mark, Sign::Idle))
        .menu(&menu)
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
        .on_tray_icon_event(|icon, event| clicked(icon.app_handle(), &event))
        .build(app)?;
    Ok(Tray { icon, line, mark })
}

fn no_icon() -> std::io::Error {
    std::io::Error::other("the program has no icon")
}

fn chosen(app: &AppHandle, id: &str) {
    match id {
        OPEN => raise(app),
        NEW => {
            raise(app);
            app.state::<Page>().tell(Note::NewSession);
        }
        QUIT => closing::begin(app),
        _ => {}
    }
}

/// Elsewhere a click opens the menu, or is not told of at all.
fn clicked(app: &AppHandle, event: &TrayIconEvent) {
    if cfg!(windows)
        && let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } =
            event
    {
        raise(app);
    }
}

/// The mark with a dot in its lower right corner; without one while nothing goes on.
fn marked(mark: &Image<'_>, sign: Sign) -> Image<'static> {
    let (width, height) = (mark.width(), mark.height());
    let mut pixels = mark.rgba().to_vec();
    let Some(colour) = colour_of(sign) else { return Image::new_owned(pixels, width, height) };
    let radius = i64::from(width.min(height)) / 4;
    let (x0, y0) = (i64::from(width) - radius - 1, i64::from(height) - radius - 1);
    for (at, pixel) in (0_i64..).zip(pixels.chunks_exact_mut(4)) {
        let (x, y) = (at % i64::from(width), at / i64::from(width));
        if (x - x0).pow(2) + (y - y0).pow(2) <= radius.pow(2) {
            pixel.copy_from_slice(&colour);
        }
    }
    Image::new_owned(pixels, width, height)
}

fn colour_of(sign: Sign) -> Option<[u8; 4]> {
    match sign {
        Sign::NeedsYou => Some([0xf5, 0xa5, 0x24, 0xff]),
        Sign::Running => Some([0x3b, 0xa5, 0x5d, 0xff]),
        Sign::Idle => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dt2_the_mark_has_a_dot_of_its_own_for_what_waits_and_for_what_runs() {
        let mark = Image::new_owned(vec![7; 32 * 32 * 4], 32, 32);
        let corner = |sign| {
            let image = marked(&mark, sign);
            let at = (24 * 32 + 24) * 4;
            (image.rgba()[..4].to_vec(), image.rgba()[at..at + 4].to_vec())
        };
        let plain = vec![7; 4];
        assert_eq!(corner(Sign::Idle), (plain.clone(), plain.clone()));
        assert_eq!(corner(Sign::Running), (plain.clone(), vec![0x3b, 0xa5, 0x5d, 0xff]));
        assert_eq!(corner(Sign::NeedsYou), (plain, vec![0xf5, 0xa5, 0x24, 0xff]));
    }
}
