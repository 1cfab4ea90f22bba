package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/ui/view"
)

// callCommand makes one call, to hear what people will hear.
type callCommand struct {
	listFlags
	dataFlag
	engineFlags
	To            string `arg:"" placeholder:"NUMBER" help:"Your own number."`
	Flow          string `required:"" placeholder:"FILE|URL" help:"The VoiceXML flow."`
	Row           int    `placeholder:"N" help:"Row of the list whose data is filled in, as the spreadsheet numbers it."`
	CallerID      string `name:"caller-id" placeholder:"N" help:"Number shown."`
	PracticeSpeed int    `default:"1" placeholder:"N" help:"Divide every duration by this while no phone rings."`
}

// Run makes the call and tells what came of it.
func (c *callCommand) Run(ctx context.Context, env *Env) (err error) {
	src, err := c.source()
	if err != nil {
		return err
	}
	number, err := (&regionFlag{Region: string(src.Options.Region)}).number(c.To)
	if err != nil {
		return err
	}
	source, err := flowSource(c.Flow)
	if err != nil {
		return err
	}
	app, err := env.Open(c.Data)
	if err != nil {
		return err
	}
	person, columns, err := (&tryCommand{listFlags: c.listFlags, Row: c.Row}).person(ctx, app)
	if err != nil {
		return err
	}
	settings, err := c.apply(campaign.Settings{CallerID: c.CallerID, Speed: c.PracticeSpeed, Lines: 1}, time.Now())
	if err != nil {
		return err
	}
	office, err := app.Open(ctx, "call")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, office.Close()) }()
	if err := office.CheckFlow(ctx, source, columns); err != nil {
		return err
	}
	result, err := office.TestCall(ctx, view.TestCall{To: number, Flow: source, Columns: columns, Row: person, Settings: settings, Name: view.Title(source)})
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(env.Out, "%s: %s\n", number.International(), result.Words())
	for _, a := range result.Answers {
		_, _ = fmt.Fprintf(env.Out, "  %s = %s\n", plainLine(a.Name), plainLine(a.Value))
	}
	return nil
}
