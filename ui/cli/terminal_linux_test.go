package cli_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// screen is a terminal on which the program runs.
type screen struct {
	t     *testing.T
	front *os.File // what is typed, and shown
	back  *os.File
	cmd   *exec.Cmd
	shown string // and not looked at yet
}

// openTerminal returns both ends of a terminal.
func openTerminal(t *testing.T) (front, back *os.File) {
	t.Helper()
	front, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no terminal can be had here:", err)
	}
	t.Cleanup(func() { _ = front.Close() })
	number, err := unix.IoctlGetInt(int(front.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(front.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	back, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no terminal can be had here:", err)
	}
	t.Cleanup(func() { _ = back.Close() })
	return front, back
}

// onTerminal tries a flow at a terminal.
func onTerminal(t *testing.T, flow string, env ...string) *screen {
	t.Helper()
	path := filepath.Join(t.TempDir(), "flow.vxml")
	if err := os.WriteFile(path, []byte(flow), 0o600); err != nil {
		t.Fatal(err)
	}
	front, back := openTerminal(t)
	cmd := exec.CommandContext(t.Context(), os.Getenv(program), "try", path, "--data", t.TempDir())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = back, back, back
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	cmd.Env = append(os.Environ(), env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &screen{t: t, front: front, back: back, cmd: cmd}
}

// sees reads until text is shown.
func (s *screen) sees(text string) {
	s.t.Helper()
	b := make([]byte, 4096)
	for !strings.Contains(s.shown, text) {
		n, err := s.front.Read(b)
		if err != nil {
			s.t.Fatalf("waiting for %q, which is not in %q: %v", text, s.shown, err)
		}
		s.shown += string(b[:n])
	}
	_, s.shown, _ = strings.Cut(s.shown, text)
}

func (s *screen) types(strokes string) {
	s.t.Helper()
	if _, err := s.front.WriteString(strokes); err != nil {
		s.t.Fatal(err)
	}
}

// ends waits for the program, and looks whether the terminal is as it was.
func (s *screen) ends(status int) {
	s.t.Helper()
	err := s.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatal(err)
	}
	if got := s.cmd.ProcessState.ExitCode(); got != status {
		s.t.Errorf("status %d, want %d", got, status)
	}
	state, err := unix.IoctlGetTermios(int(s.back.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	if want := uint32(unix.ICANON | unix.ECHO | unix.ISIG); state.Lflag&want != want {
		s.t.Errorf("the terminal was left raw: %#x", state.Lflag)
	}
}

const codeFlow = `<vxml version="2.1"><form><field name="pin" type="digits?length=2"><prompt>Your code?</prompt>
<noinput>Nothing came.<reprompt/></noinput><filled>Thank you, <value expr="pin"/>.</filled></field></form></vxml>`

func TestTryAtATerminal(t *testing.T) {
	s := onTerminal(t, codeFlow, "NO_COLOR=1", "TERM=xterm")
	s.sees("“Your code?”")
	s.sees("? for help")
	s.types("?")
	s.sees("stay silent")
	s.types("\r")
	s.sees("“Nothing came.”")
	s.sees("? for help")
	s.types("4")
	s.sees("› 4 ")
	s.types("2")
	s.sees("“Thank you, 42.”")
	s.sees("[the flow has ended]")
	s.ends(0)
	if strings.Contains(s.shown, "\x1b") {
		t.Errorf("colours are shown: %q", s.shown)
	}
}

func TestTryAtATerminalEnds(t *testing.T) {
	for name, test := range map[string]struct {
		strokes, shows string
		status         int
	}{
		"hang up":      {"h", "[hung up]", 0},
		"end of input": {"\x04", "[hung up]", 0},
		"interrupted":  {"\x03", "", 130},
	} {
		t.Run(name, func(t *testing.T) {
			s := onTerminal(t, codeFlow, "NO_COLOR=", "TERM=xterm")
			s.sees("\x1b[1m“Your code?”\x1b[0m")
			s.sees("? for help")
			s.types(test.strokes)
			s.sees(test.shows)
			s.ends(test.status)
		})
	}
}

// A program that is told to end gives the terminal back.
func TestTryAtATerminalTerminated(t *testing.T) {
	s := onTerminal(t, codeFlow, "TERM=dumb")
	s.sees("? for help")
	s.types("1")
	s.sees("› 1 ")
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.ends(130)
}
