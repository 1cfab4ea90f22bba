package cli

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"rollcall/ui/view"
)

// This file is a telephone for whoever tries a flow at a terminal: keys are
// pressed singly, words are typed after a slash. It knows no terminal, only
// what is typed and where to write; terminal.go has that.

// keypad shows what happens and reads what is done about it.
type keypad struct {
	out    io.Writer
	typed  <-chan []byte // as read, a stroke at a time; closed at the end
	raw    func() (restore func(), err error)
	colour bool

	doing string // the last thing that waits for an answer: listen, record, transfer
	left  []byte // of what was typed at once
	open  bool   // the line on the screen is not ended
}

// Control characters that a terminal sends.
const (
	keyInterrupt = 0x03
	keyEnd       = 0x04
	keyEscape    = 0x1b
	keyDelete    = 0x7f
)

const keypadHelp = `  0-9 * #      press a key            Enter, space   stay silent
  / or s       say something          n              say what nothing matches
  h or Ctrl-D  hang up                Ctrl-C         stop trying
`

const transferHelp = `  a  they answer and talk for 20 seconds     b  they are busy
  n  nobody answers                          w  the network is busy
  0-9 * #, / or s  you press or say something, which may end it
  h or Ctrl-D  hang up                       Ctrl-C  stop trying
`

// The colours of a line, by ECMA-48.
const (
	styleHint  = "2"
	styleSaid  = "1"
	styleYou   = "36"
	styleError = "31"
)

// show writes an event.
func (k *keypad) show(e view.TryEvent) {
	switch e.Event {
	case "prompt":
		k.line(styleSaid, "“"+strings.TrimSpace(e.Text)+"”")
	case "audio":
		k.line(styleSaid, strings.TrimSpace("▶ "+path.Base(e.Src)+" "+e.Text))
	case "listen":
		k.doing = e.Event
		k.line(styleHint, "  "+strings.Join(append(e.Grammars, "? for help"), " · "))
	case "record":
		k.doing = e.Event
		k.line(styleHint, "  ● recording: / to say something, a key to end it, Enter for silence")
	case "transfer":
		k.doing = e.Event
		k.line(styleHint, "  ☎ "+e.Dest+k.connecting(e))
	case "error":
		k.line(styleError, e.Words())
	default:
		k.line(styleHint, "  "+e.Words())
	}
}

func (k *keypad) connecting(e view.TryEvent) string {
	if e.Bridge != nil && !*e.Bridge {
		return ": you are passed on"
	}
	return ": a answered · b busy · n no answer · w network busy · ? for help"
}

// line writes a line of its own.
func (k *keypad) line(style, text string) {
	k.end()
	_, _ = fmt.Fprintln(k.out, k.styled(style, text))
}

// end ends a line that what is typed stands on.
func (k *keypad) end() {
	if k.open {
		_, _ = fmt.Fprint(k.out, "\r\n")
		k.open = false
	}
}

// echo writes what was typed.
func (k *keypad) echo(text string) {
	if !k.open {
		_, _ = fmt.Fprint(k.out, k.styled(styleYou, "› "))
		k.open = true
	}
	_, _ = fmt.Fprint(k.out, k.styled(styleYou, text))
}

func (k *keypad) styled(style, text string) string {
	if !k.colour {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

// Reply waits for what the person does.
func (k *keypad) Reply(ctx context.Context) (string, error) {
	return k.read(ctx, nil)
}

// More waits for a further key of an answer, for no longer than within.
func (k *keypad) More(ctx context.Context, within time.Duration) (string, error) {
	timer := time.NewTimer(within)
	defer timer.Stop()
	return k.read(ctx, timer.C)
}

// read reads strokes until they make an answer. The terminal is as it was
// whenever nothing is waited for.
func (k *keypad) read(ctx context.Context, late <-chan time.Time) (string, error) {
	restore, err := k.raw()
	if err != nil {
		return "", err
	}
	defer restore()
	for {
		key, err := k.stroke(ctx, late)
		if err != nil || key == 0 {
			return "silence", err
		}
		reply, err := k.press(ctx, key)
		if err != nil || reply != "" {
			return reply, err
		}
	}
}

// stroke returns the next byte that was typed, zero if it is too late for one.
// At the end of input the person hangs up.
func (k *keypad) stroke(ctx context.Context, late <-chan time.Time) (byte, error) {
	for len(k.left) == 0 {
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-late:
			return 0, nil
		case typed, more := <-k.typed:
			if !more {
				return keyEnd, nil
			}
			if len(typed) > 1 && typed[0] == keyEscape {
				continue // an arrow or a function key
			}
			k.left = typed
		}
	}
	key := k.left[0]
	k.left = k.left[1:]
	return key, nil
}

// press returns the answer that a key means, empty for none.
func (k *keypad) press(ctx context.Context, key byte) (string, error) {
	if reply, known := k.connected(key); known {
		k.echo(reply)
		return reply, nil
	}
	switch {
	case key == keyInterrupt:
		k.end()
		return "", errInterrupted
	case key == keyEnd, key == 'h':
		k.echo("hang up")
		return "hangup", nil
	case strings.IndexByte("0123456789*#ABCD", key) >= 0:
		k.echo(string(rune(key)) + " ")
		return "key " + string(rune(key)), nil
	case key == '\r', key == '\n', key == ' ':
		if !k.open { // else it ends what is being keyed
			k.echo("silence")
		}
		return "silence", nil
	case key == 'n':
		k.echo("something else")
		return "nomatch", nil
	case key == '/', key == 's':
		return k.words(ctx)
	case key == '?':
		k.help()
	}
	return "", nil
}

// connected are the keys of a transfer that are none of a telephone.
func (k *keypad) connected(key byte) (string, bool) {
	if k.doing != "transfer" {
		return "", false
	}
	reply, known := map[byte]string{'a': "answered 20", 'b': "busy", 'n': "noanswer", 'w': "networkbusy"}[key]
	return reply, known
}

func (k *keypad) help() {
	k.end()
	text := keypadHelp
	if k.doing == "transfer" {
		text = transferHelp
	}
	_, _ = fmt.Fprint(k.out, k.styled(styleHint, strings.ReplaceAll(text, "\n", "\r\n")))
}

// words reads a line that is said. Escape, or nothing, takes it back.
func (k *keypad) words(ctx context.Context) (string, error) {
	k.echo("say: ")
	var said []byte
	for {
		key, err := k.stroke(ctx, nil)
		switch {
		case err != nil:
			return "", err
		case key == keyInterrupt:
			k.end()
			return "", errInterrupted
		case key == keyEscape, key == keyEnd:
			k.end()
			return "", nil
		case key == '\r', key == '\n':
			return k.said(said), nil
		case key == keyDelete, key == '\b':
			said = k.erase(said)
		case key >= ' ':
			said = append(said, key)
			_, _ = k.out.Write([]byte{key})
		}
	}
}

func (k *keypad) said(words []byte) string {
	text := strings.TrimSpace(string(words))
	if text == "" {
		k.end()
		return ""
	}
	return "say " + text
}

// erase takes the last letter back.
func (k *keypad) erase(said []byte) []byte {
	if len(said) == 0 {
		return said
	}
	_, size := utf8.DecodeLastRune(said)
	_, _ = fmt.Fprint(k.out, "\b \b")
	return said[:len(said)-size]
}
