// Package cli holds the commands: the same program for administrators, servers
// and tests. Each command is a struct whose fields are its flags and whose Run
// does the work, a file each. Main parses and runs one; what goes wrong
// becomes one sentence on standard error and an exit status: 1 it failed,
// 2 wrong use, 130 interrupted and paused.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"rollcall/assets"
	"rollcall/ui/view"
)

// Env is what the commands are given by main.
type Env struct {
	Args []string // without the program's name
	In   io.Reader
	Out  io.Writer
	Err  io.Writer
	// Open makes the App of a data folder; empty is the system's own.
	Open func(dataDir string) (*view.App, error)
	// Window shows the window until it is closed.
	Window func(a *view.App, lists []string, theme string) error
}

// grammar is the command line.
type grammar struct {
	Window  windowCommand  `cmd:"" default:"withargs" hidden:"" help:"Show the window."`
	Run     runCommand     `cmd:"" help:"Call everybody on a list."`
	Gateway gatewayCommand `cmd:"" help:"Run the gateway alone, for other programs."`
	Backup  backupCommand  `cmd:"" help:"Copy campaigns and the gateway's journal, also while they are in use."`
	Import  importCommand  `cmd:"" help:"Show what would be imported, and every problem."`
	DNC     dncCommand     `cmd:"" name:"dnc" help:"Who must not be called: lists, numbers, and why."`
	Audit   auditCommand   `cmd:"" help:"Who changed what, and whether that log is whole."`
	Doubts  doubtsCommand  `cmd:"" help:"Show calls of which nobody knows what became, and decide about them."`
	Call    callCommand    `cmd:"" help:"Call yourself with a flow, to hear what people will hear."`
	Ledger  ledgerCommand  `cmd:"" help:"Show what is known of a number across campaigns."`
	Check   checkCommand   `cmd:"" help:"Is this call flow valid?"`
	Try     tryCommand     `cmd:"" help:"Be the person called: hear the flow, press keys."`
	Version versionCommand `cmd:"" help:"Show the version."`
}

// dataFlag is shared by the commands that use the data folder.
type dataFlag struct {
	Data string `placeholder:"DIR" type:"path" help:"Folder for campaigns, the gateway's journal and the log."`
}

// usageError is a command line that makes no sense: exit status 2.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

// errInterrupted ends a run that a signal paused: exit status 130.
var errInterrupted = errors.New("interrupted")

// Exit statuses.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// Main runs the command named by env.Args and returns the exit status.
func Main(env Env) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	var g grammar
	exited := -1
	parser, err := kong.New(&g,
		kong.Name("rollcall"),
		kong.Description("Call everybody on a list. Without a command: the window."),
		kong.Writers(env.Out, env.Err),
		kong.Exit(func(code int) { exited = code }),
		kong.Vars{"listen": view.DefaultListen},
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&env),
	)
	if err != nil {
		return complain(env.Err, err)
	}
	if len(env.Args) > 0 && unknown(parser, env.Args[0]) {
		return complain(env.Err, &usageError{message: fmt.Sprintf("%s is no command and no file that is there; see rollcall --help", env.Args[0])})
	}
	command, err := parser.Parse(env.Args)
	if exited >= 0 { // --help
		return exited
	}
	if err != nil {
		return complain(env.Err, &usageError{message: err.Error() + "; see rollcall --help"})
	}
	err = command.Run()
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		err = errInterrupted
	}
	return complain(env.Err, err)
}

// unknown tells whether word is neither a flag nor a command nor a list that
// the window could open.
func unknown(parser *kong.Kong, word string) bool {
	if strings.HasPrefix(word, "-") {
		return false
	}
	for _, command := range parser.Model.Children {
		if command.Name == word {
			return false
		}
	}
	_, err := os.Stat(word)
	return err != nil
}

// complain writes the one sentence for err and returns the exit status.
func complain(w io.Writer, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.As(err, &usage):
		_, _ = fmt.Fprintln(w, "rollcall:", oneLine(usage))
		return exitUsage
	default:
		_, _ = fmt.Fprintln(w, "rollcall:", oneLine(err))
		return exitFailed
	}
}

// oneLine folds an error of several lines.
func oneLine(err error) string {
	return strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}

type windowCommand struct {
	dataFlag
	Lists []string `arg:"" optional:"" type:"existingfile" help:"Lists to open."`
	Theme string   `enum:"system,light,dark" default:"system" help:"Colours of the window: ${enum}."`
}

// Run shows the window, or has the one that is open with the same data folder
// come to the front and open the lists.
func (c *windowCommand) Run(ctx context.Context, env *Env) error {
	app, err := env.Open(c.Data)
	if err != nil {
		return err
	}
	if app.Knock(ctx, view.Visit{Files: c.Lists}) {
		_, err := fmt.Fprintln(env.Out, "Rollcall is open already; its window comes to the front.")
		return err
	}
	return env.Window(app, c.Lists, c.Theme)
}

type versionCommand struct{}

func (versionCommand) Run(env *Env) error {
	_, err := fmt.Fprintln(env.Out, "rollcall", assets.Version)
	return err
}
