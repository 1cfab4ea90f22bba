package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign/words"
)

// ownAgrees: the copy of the list holds every cell that the list has, and to
// the right of them how each row ended; the list itself has none of that.
func (w witnesses) ownAgrees(ctx context.Context, e evidence) error {
	if w.own == "" {
		return nil
	}
	list, err := w.list(ctx)
	if err != nil {
		return err
	}
	was, err := firstSheet(list)
	if err != nil {
		return err
	}
	is, err := firstSheet(w.own)
	if err != nil {
		return err
	}
	return e.compareOwn(was, is)
}

// list is the path of the newest campaign's list.
func (w witnesses) list(ctx context.Context) (string, error) {
	var path string
	err := query(ctx, filepath.Join(w.folder, "rollcall.db"), `SELECT file FROM campaigns ORDER BY id DESC LIMIT 1`, func(scan scanner) error {
		return scan(&path)
	})
	return path, err
}

// firstSheet returns the cells of a workbook's first sheet.
func firstSheet(path string) ([][]string, error) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	lines, err := f.GetRows(f.GetSheetList()[0])
	if err == nil && len(lines) == 0 {
		err = fmt.Errorf("%s is empty", filepath.Base(path))
	}
	return lines, err
}

// compareOwn compares the copy with the list and with the database; both begin
// with the headings, in row 1.
func (e evidence) compareOwn(list, own [][]string) error {
	if len(own) != len(list) {
		return fmt.Errorf("own copy: %d rows, the list has %d", len(own), len(list))
	}
	if slices.Contains(list[0], "Outcome") {
		return errors.New("own copy: results were written into the list itself")
	}
	at := slices.Index(own[0], "Outcome")
	if at < len(list[0]) {
		return fmt.Errorf("own copy: its headings are %q", own[0])
	}
	var bad []error
	for i, line := range list {
		if got := own[i]; !slices.Equal(line, got[:min(len(line), len(got))]) {
			bad = append(bad, fmt.Errorf("own copy: row %d is %q, was %q", i+1, got, line))
		}
		if r, of := e.rows[i+1]; of && cell(own[i], at) != words.Status(r.status) {
			bad = append(bad, fmt.Errorf("own copy: row %d is %q, database %q", i+1, cell(own[i], at), words.Status(r.status)))
		}
	}
	return errors.Join(bad...)
}

// answered returns what the database in a data folder answers: the one value of each
// row, a line each.
func answered(folder, question string) (string, error) {
	var lines []string
	err := query(context.Background(), filepath.Join(folder, "rollcall.db"), question, func(scan scanner) error {
		var value sql.NullString
		err := scan(&value)
		lines = append(lines, value.String)
		return err
	})
	return strings.Join(lines, "\n"), err
}
