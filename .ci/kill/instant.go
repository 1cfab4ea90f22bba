package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rollcall/campaign"
	"rollcall/gateway"
)

// database is one of the two.
type database struct {
	folder, name string
	table        string // the last one that is looked at
	dead         bool   // nobody has it open
}

func (c crash) campaigns(dead bool) database {
	return database{folder: c.data(), name: "rollcall.db", table: "attempts", dead: dead}
}

func (c crash) journal(dead bool) database {
	return database{folder: c.calls(), name: journalFile, table: "dials", dead: dead}
}

// instant looks at what stands on the disk when a process has just died: every
// row is exactly one of not sent, sent, in doubt, and nobody was asked for or
// dialled whose attempt had not been written, and no phone rang whose dial had
// not. What is written last is read first, since the other process may go on.
func (c crash) instant(ctx context.Context, campaigns, journal database) error {
	rang, err := readRings(c.rings())
	if err != nil {
		return err
	}
	asked := map[string]string{}
	err = c.lookInto(ctx, journal, func(file string) error {
		if err := dialsNoted(ctx, file, rang); err != nil {
			return err
		}
		return query(ctx, file, `SELECT reference, request ->> 'Phone' FROM jobs UNION SELECT reference, phone FROM dials`, func(scan scanner) error {
			var reference, number string
			err := scan(&reference, &number)
			asked[reference] = number
			return err
		})
	})
	if err != nil {
		return err
	}
	err = c.lookInto(ctx, campaigns, func(file string) error {
		return errors.Join(rowsAreWhole(ctx, file), attemptsKnown(ctx, file, asked))
	})
	switch {
	case err != nil:
	case len(rang) > 0:
		err = fmt.Errorf("%d phones rang, and the gateway had not noted it", len(rang))
	case len(asked) > 0:
		err = fmt.Errorf("the gateway knows of %d that the campaign has not written", len(asked))
	}
	return err
}

// readRings counts how often each number rang, by its digits.
func readRings(file string) (map[string]int, error) {
	rang := map[string]int{}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return rang, nil
	}
	for number := range strings.FieldsSeq(string(text)) {
		rang[number]++
	}
	return rang, err
}

// dialsNoted takes from rang what the journal has noted.
func dialsNoted(ctx context.Context, file string, rang map[string]int) error {
	return query(ctx, file, `SELECT phone, count(*) FROM dials GROUP BY phone`, func(scan scanner) error {
		var number gateway.Phone
		var noted int
		err := scan(&number, &noted)
		if rang[number.Digits()] <= noted {
			delete(rang, number.Digits())
		}
		return err
	})
}

// lookInto looks into a database that has its tables already; into a copy if
// nobody has it open, so that the next life finds it as it was left.
func (c crash) lookInto(ctx context.Context, d database, look func(file string) error) error {
	file, known := filepath.Join(d.folder, d.name), 0
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if d.dead {
		copied := filepath.Join(c.folder, "copy-of-"+d.name)
		if err := copyDatabase(d.folder, copied, d.name); err != nil {
			return err
		}
		file = filepath.Join(copied, d.name)
	}
	err := query(ctx, file, `SELECT count(*) FROM sqlite_schema WHERE name = '`+d.table+`'`, func(scan scanner) error { return scan(&known) })
	if err != nil || known == 0 {
		return err
	}
	sound := ""
	if err := query(ctx, file, `PRAGMA integrity_check(1)`, func(scan scanner) error { return scan(&sound) }); err != nil || sound != "ok" {
		return errors.Join(err, fmt.Errorf("%s is damaged: %s", d.name, sound))
	}
	return look(file)
}

// rowsAreWhole: a row that is under way has one open attempt, which tells
// whether it was sent; a row that is not has none, but for one in doubt.
func rowsAreWhole(ctx context.Context, file string) error {
	var bad []error
	err := query(ctx, file, `SELECT c.row, c.status, count(a.id), coalesce(max(a.reqid), 0)
		FROM contacts c LEFT JOIN attempts a ON a.contact = c.id AND a.ended = 0 GROUP BY c.id`, func(scan scanner) error {
		var n, open, id int
		var status campaign.Status
		if err := scan(&n, &status, &open, &id); err != nil {
			return err
		}
		if !whole(status, open, id) {
			bad = append(bad, fmt.Errorf("row %d is %s, with %d open attempts and the id %d", n, status, open, id))
		}
		return nil
	})
	return errors.Join(append(bad, err)...)
}

// whole tells whether a state goes with so many open attempts and the id that
// the gateway gave for them.
func whole(s campaign.Status, open, id int) bool {
	switch s {
	case campaign.Sending:
		return open == 1 && id == 0
	case campaign.Queued:
		return open == 1 && id != 0
	case campaign.Calling:
		return open == 1
	case campaign.Doubt:
		return open <= 1
	default:
		return open == 0
	}
}

// attemptsKnown takes from asked what the campaign has an attempt for, at the
// same number.
func attemptsKnown(ctx context.Context, file string, asked map[string]string) error {
	return query(ctx, file, `SELECT reference, number FROM attempts`, func(scan scanner) error {
		var reference, number string
		err := scan(&reference, &number)
		if asked[reference] == number {
			delete(asked, reference)
		}
		return err
	})
}
