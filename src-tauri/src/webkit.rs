use std::io;

/// WebKitGTK draws nothing with NVIDIA's driver unless its DMA-BUF renderer is off. Only there:
/// elsewhere the variable costs speed and hangs WebDriver's screenshots.
/// <https://bugs.webkit.org/show_bug.cgi?id=261874>
#[cfg(target_os = "linux")]
pub fn avoid_blank_windows() -> io::Result<()> {
    use std::os::unix::process::CommandExt;
    use std::path::Path;
    use std::process::Command;

    const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let nvidia = Path::new("/proc/driver/nvidia/version").exists();
    if !nvidia || std::env::var_os(RENDERER).is_some() {
        return Ok(());
    }
    // Starting over is how a program without unsafe code changes its own environment.
    let mut again = Command::new(std::env::current_exe()?);
    Err(again.args(std::env::args_os().skip(1)).env(RENDERER, "1").exec())
}

#[cfg(not(target_os = "linux"))]
pub fn avoid_blank_windows() -> io::Result<()> {
    Ok(())
}
