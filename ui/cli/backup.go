package cli

import (
	"context"
	"fmt"
)

type backupCommand struct {
	dataFlag
	Folder string `arg:"" type:"path" help:"Where to put the copies; the folder is made, and holds no other backup."`
}

// Run copies what the data folder holds, also while it is in use.
func (c *backupCommand) Run(ctx context.Context, env *Env) error {
	app, err := env.Open(c.Data)
	if err != nil {
		return err
	}
	files, err := app.Backup(ctx, app.DataDir, c.Folder)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		_, err = fmt.Fprintf(env.Out, "Nothing to copy: %s holds no campaigns and no gateway journal yet.\n", app.DataDir)
		return err
	}
	for _, file := range files {
		_, _ = fmt.Fprintln(env.Out, "Copied to", file)
	}
	_, err = fmt.Fprintln(env.Out, "To go back to it: end Rollcall, and put these files into an empty data folder (--data).")
	return err
}
