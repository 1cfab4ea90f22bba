package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// longest is how long a start may live before it is killed: a good part of
// what the sample takes in all, so that kills fall everywhere, also into the
// start and the end.
func (r round) longest() time.Duration {
	return 2*time.Second + 25*time.Second*60/time.Duration(r.speed)
}

// campaign plays a round with the sample list and tells what was found. The
// last start is not killed.
func (r round) campaign() (string, error) {
	killed := 0
	for range r.kills {
		share := r.random.Float64()
		over, err := r.start(time.Duration(share * share * float64(r.longest())))
		if err != nil {
			return "", err
		}
		if over {
			break
		}
		killed++
	}
	if over, err := r.start(patience); err != nil || !over {
		return "", errors.Join(err, fmt.Errorf("did not end within %v: %t", patience, !over))
	}
	found, err := verify(context.Background(), ofSample(r.folder, filepath.Join(r.folder, "rollcall-sample-report.xlsx")))
	return fmt.Sprintf("killed %d times; %s", killed, found), err
}

// start runs the sample for at most so long, then kills it. It tells whether
// the program came to its own end, which must be a good one.
func (r round) start(life time.Duration) (bool, error) {
	ctx, cancel := context.WithTimeout(context.Background(), life)
	defer cancel()
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, r.program, "run", "--sample", "--data", r.folder, "--practice-speed", strconv.Itoa(r.speed)) // killed by SIGKILL
	cmd.Dir, cmd.Stdout, cmd.Stderr = r.folder, &said, &said
	err := cmd.Run()
	if ctx.Err() != nil {
		return err == nil, nil
	}
	if err != nil {
		return true, fmt.Errorf("%w: %s", err, strings.TrimSpace(said.String()))
	}
	return true, nil
}
