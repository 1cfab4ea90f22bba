package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rollcall/assets"
	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/gateway"
	"rollcall/ui/view"
)

type runCommand struct {
	listFlags
	dataFlag
	engineFlags
	Sample        bool   `help:"Call the sample list with the sample flow; all hours are open, no phone rings."`
	Flow          string `placeholder:"FILE|URL" help:"The VoiceXML flow that people hear."`
	Hours         string `default:"9-20" placeholder:"9-20" help:"When people may be called, at their own place; by the day as in \"Mo-Fr 9-20, Sa 10-18\"."`
	Dnc           string `type:"existingfile" placeholder:"FILE" help:"Numbers that must not be called in this campaign."`
	Name          string `placeholder:"TEXT" help:"Name of the campaign; the list's if not given."`
	FlowListen    string `placeholder:"ADDR" help:"Where the flow is served to a gateway elsewhere (host:port)."`
	CallerID      string `name:"caller-id" placeholder:"N" help:"Number shown to the people called."`
	Lines         int    `placeholder:"N" help:"Calls at the same time (4; with --sample 8)."`
	Report        string `type:"path" placeholder:"FILE" help:"Where the result workbook goes."`
	PracticeSpeed int    `placeholder:"N" help:"Divide every duration by this while no phone rings (1; with --sample 60)."`
	Wait          bool   `help:"Stay while rows wait for longer than an hour."`
	Again         bool   `help:"Start a new campaign though this list was called with this flow before."`
	Check         bool   `help:"Tell what would be done, and call nobody: who can be called now, who waits, who is not called and why, and until when it takes."`
	JSON          bool   `help:"With --check: write one JSON object."`
}

// patience is how long rows may wait without --wait before the run ends.
const patience = time.Hour

// Run calls everybody on the list, or goes on where the same command stopped.
func (c *runCommand) Run(ctx context.Context, env *Env) (err error) {
	if err := c.validate(); err != nil {
		return err
	}
	settings, err := c.settings()
	if err != nil {
		return err
	}
	app, err := env.Open(c.Data)
	if err != nil {
		return err
	}
	office, err := app.Open(ctx, "run")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, office.Close()) }()
	if err := c.useSample(ctx, app); err != nil {
		return err
	}
	if c.Check {
		return c.preflight(ctx, env, app, office, settings)
	}
	camp, err := c.campaign(ctx, env, app, office, settings)
	if err != nil {
		return err
	}
	if camp.State.Over() {
		_, _ = fmt.Fprintf(env.Out, "%s: this list was called with this flow before, %s %s. Nobody is called again; --again starts anew.\n",
			camp.Name, strings.ToLower(words.Campaign(camp.State)), camp.Ended.Local().Format("2 Jan 2006 15:04"))
		return c.report(ctx, env, app, office, camp)
	}
	camp, err = c.call(ctx, env, office, camp)
	if err != nil {
		return err
	}
	// The report is written also when Ctrl-C paused the run.
	err = c.report(context.WithoutCancel(ctx), env, app, office, camp)
	if ctx.Err() != nil {
		return errors.Join(errInterrupted, err)
	}
	return err
}

func (c *runCommand) validate() error {
	switch {
	case c.Sample && (c.List != "" || c.Flow != ""):
		return &usageError{message: "--sample has its own list and flow; leave out --list and --flow"}
	case !c.Sample && c.List == "":
		return &usageError{message: "--list FILE is missing (or --sample, to see it work)"}
	case !c.Sample && c.Flow == "":
		return &usageError{message: "--flow FILE is missing: what are people to hear?"}
	case c.JSON && !c.Check:
		return &usageError{message: "--json is about --check; give both"}
	}
	if sameFile(c.List, c.Report) {
		return &usageError{message: "--report " + c.Report + ": this is the list itself; give another name"}
	}
	return c.validateNumbers()
}

// validateNumbers refuses numbers of lines and speeds that are none, and what
// the engine's flags cannot mean.
func (c *runCommand) validateNumbers() error {
	if err := c.engineFlags.validate(); err != nil {
		return err
	}
	if c.Lines != 0 || c.PracticeSpeed != 0 {
		return positive(max(c.Lines, min(1, c.PracticeSpeed)), max(c.PracticeSpeed, min(1, c.Lines)))
	}
	return nil
}

// sameFile tells whether two paths lead to one file.
func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// settings turns the flags into how to call.
func (c *runCommand) settings() (campaign.Settings, error) {
	hours, err := parseWeek(c.Hours)
	if err != nil {
		return campaign.Settings{}, &usageError{message: fmt.Sprintf("--hours %s: %v", c.Hours, err)}
	}
	src, err := c.source()
	if err != nil {
		return campaign.Settings{}, err
	}
	s := campaign.Settings{
		Region: src.Options.Region, Zone: src.Options.Zone, Hours: hours, Lines: c.Lines, CallerID: c.CallerID,
		Speed: c.PracticeSpeed,
	}
	if c.Sample {
		sample := view.SampleSettings()
		s.Hours = sample.Hours
		if s.Lines == 0 {
			s.Lines = sample.Lines
		}
		if s.Speed == 0 {
			s.Speed = sample.Speed
		}
	}
	return c.apply(s, time.Now())
}

// useSample fills in the sample's files, and refuses to call them for real.
func (c *runCommand) useSample(ctx context.Context, app *view.App) error {
	if !c.Sample {
		return nil
	}
	if err := c.practiceOnly(ctx); err != nil {
		return err
	}
	var err error
	if c.List, err = app.Sample(assets.SampleList); err != nil {
		return err
	}
	c.Flow = "sample:" + assets.SampleFlow
	if c.Dnc == "" {
		c.Dnc, err = app.Sample(assets.SampleDoNotCall)
	}
	if c.Name == "" {
		c.Name = "Sample clinic"
	}
	return err
}

// practiceOnly refuses gateways that could ring real phones.
func (c *runCommand) practiceOnly(ctx context.Context) error {
	for _, text := range c.Gateway {
		via, err := parseVia(text)
		if err != nil || via.URL == "" {
			return err
		}
		about, err := (&gateway.Client{URL: via.URL}).About(ctx)
		if err != nil {
			return err
		}
		if !about.Practice {
			return &usageError{message: "--sample is for the practice line: the gateway at " + via.URL + " could ring real phones"}
		}
	}
	return nil
}

// campaign finds the campaign of the same command, or makes it.
func (c *runCommand) campaign(ctx context.Context, env *Env, app *view.App, office *view.Office, s campaign.Settings) (campaign.Campaign, error) {
	src, err := c.source()
	if err != nil {
		return campaign.Campaign{}, err
	}
	flow, err := flowSource(c.Flow)
	if err != nil {
		return campaign.Campaign{}, err
	}
	if !c.Again {
		old, found, err := office.Called(ctx, src, flow)
		if err != nil {
			return old, err
		}
		if found {
			return c.goOn(ctx, env, office, old, s)
		}
	}
	d, err := c.draft(ctx, app, flow, s)
	if err != nil {
		return campaign.Campaign{}, err
	}
	camp, sum, err := c.store(ctx, office, src, d)
	if err == nil {
		_, _ = fmt.Fprintf(env.Out, "%s: %d rows, %d to call, %d set aside, %d duplicates.\n", d.Name, sum.Rows(), sum.Ready, sum.Quarantined, sum.Duplicates)
	}
	return camp, err
}

// store reads the list into a draft, which stays only if somebody can be
// called and the flow can be played.
func (c *runCommand) store(ctx context.Context, office *view.Office, src view.Source, d view.Draft) (campaign.Campaign, contacts.Summary, error) {
	camp, im, err := office.Import(ctx, src, d, nil)
	if err != nil {
		return camp, im.Summary, err
	}
	err = office.CheckFlow(ctx, d.Flow, camp.List.Columns)
	if err == nil && im.Summary.Ready == 0 {
		err = fmt.Errorf("%s: nobody to call: none of its %d rows has a number that can be called; see rollcall import --list", c.List, im.Summary.Rows())
	}
	if err != nil {
		err = errors.Join(err, office.Store.Undo(context.WithoutCancel(ctx), camp.ID))
	}
	return camp, im.Summary, err
}

// goOn takes up a campaign that this command began before.
func (c *runCommand) goOn(ctx context.Context, env *Env, office *view.Office, old campaign.Campaign, s campaign.Settings) (campaign.Campaign, error) {
	if old.State.Over() {
		return old, nil
	}
	s.Exempt = keepExemptions(old.Settings.Exempt, s.Exempt)
	old.Settings = s
	if c.Name != "" {
		old.Name = c.Name
	}
	if old.State != campaign.Draft {
		_, _ = fmt.Fprintf(env.Out, "%s: going on where it stopped.\n", old.Name)
	}
	return old, office.Store.Configure(ctx, old)
}

// keepExemptions is what is exempted now, with who did it first and when.
func keepExemptions(before, now []campaign.Exemption) []campaign.Exemption {
	for i, e := range now {
		j := slices.IndexFunc(before, func(b campaign.Exemption) bool { return b.Rule == e.Rule && b.Why == e.Why })
		if j >= 0 {
			now[i] = before[j]
		}
	}
	return now
}

// flowSource is how a campaign remembers its flow: wherever the command is
// given from, the same file has the same name.
func flowSource(flow string) (string, error) {
	if strings.Contains(flow, "://") || strings.HasPrefix(flow, "sample:") || strings.HasPrefix(flow, "built:") {
		return flow, nil
	}
	return filepath.Abs(flow)
}

// call runs the session and shows how it gets on.
func (c *runCommand) call(ctx context.Context, env *Env, office *view.Office, camp campaign.Campaign) (campaign.Campaign, error) {
	show := newProgress(env.Out)
	so := view.SessionOptions{FlowListen: c.FlowListen, Notify: show.update}
	if !c.Wait {
		so.Patience = patience
	}
	session, err := office.Session(ctx, camp, so)
	if err != nil {
		return camp, err
	}
	defer session.Close()
	_, _ = fmt.Fprintf(env.Out, "Gateway: %s. Hours: %s at the recipient's place.\n", session.Gateways(), camp.Settings.Hours)
	done, err := session.Run(ctx)
	show.finish()
	if err != nil && ctx.Err() == nil {
		return done, err
	}
	if c := done.Why.Code; c == campaign.CodeKind || c == campaign.CodeRefused || c == campaign.CodeUnclear {
		return done, fmt.Errorf("paused, the same command goes on: %s", words.Sentence(done.Why, time.Now()))
	}
	tally, err := office.Store.Tally(context.WithoutCancel(ctx), camp.ID)
	if err != nil {
		return done, err
	}
	for _, line := range closing(done, tally, time.Now()) {
		_, _ = fmt.Fprintln(env.Out, line)
	}
	return done, nil
}

// closing tells how the run ended, and what is left to do.
func closing(c campaign.Campaign, tally campaign.Tally, now time.Time) []string {
	ended := view.Ended(tally)
	if ended == "" {
		ended = "nobody was called"
	}
	lines := []string{fmt.Sprintf("%s: %s.", words.Campaign(c.State), ended)}
	if n := tally[campaign.Doubt]; n > 0 {
		lines = append(lines, fmt.Sprintf("In doubt: %d. They may or may not have been called, and are not called again by themselves; you decide, with rollcall doubts.", n))
	}
	switch left := tally.Left(); {
	case left == 0:
	case c.Why.Code == campaign.CodeWaiting:
		lines = append(lines, fmt.Sprintf("%d rows wait until %s. The same command goes on then; --wait stays.", left, words.When(c.Why.Until, now)))
	default:
		lines = append(lines, fmt.Sprintf("Left: %s. The same command goes on from here.", view.Ahead(tally)))
	}
	return lines
}

// report writes the result workbook.
func (c *runCommand) report(ctx context.Context, env *Env, app *view.App, office *view.Office, camp campaign.Campaign) error {
	path := c.Report
	switch {
	case path != "":
	case c.Sample:
		path = "rollcall-sample-report.xlsx"
	default:
		base := filepath.Base(c.List)
		path = strings.TrimSuffix(base, filepath.Ext(base)) + "-report.xlsx"
	}
	written, err := app.WriteReport(ctx, path, office.Store, camp.ID)
	if err != nil {
		return fmt.Errorf("write the report (the results themselves are safe): %w", err)
	}
	tag := ""
	if camp.Practice {
		tag = " (" + words.PracticeTag() + ")"
	}
	_, err = fmt.Fprintf(env.Out, "Report: %s%s\n", written, tag)
	return err
}
