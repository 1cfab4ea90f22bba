// Package sheet reads spreadsheets: an xlsx or xlsm workbook or a text file of
// separated values becomes a [campaign.Table] of cells, each with its type and
// with what the file stores for it. It has no opinion about what they mean.
//
// A file is read in full or not at all. Where a workbook is damaged, be it cut
// off, changed by a byte or lacking a part, [Read] says so instead of
// returning the rows it could still find. Lines of a text file that are not
// quite right are kept, with a problem.
//
// What a reader looks for stands in
//
//	sheet.go   Read, Options
//	fault.go   what can be wrong with a file
//	sniff.go   which kind of file it is, by its content
//	book.go    a workbook: parts, sheets, rows from excelize
//	scan.go    the XML of a sheet: types and stored values, damage
//	style.go   which cells show a date
//	csv.go     text: encoding, delimiter
//	record.go  text: records and quotes
//	header.go  which row is the heading
package sheet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rollcall/campaign"
)

// Options is how to read a file. The zero value reads the first sheet.
type Options struct {
	// Sheet is the sheet to read; empty: the first one that is not hidden.
	Sheet string
	// TmpDir is where large parts of a workbook are unpacked while it is read;
	// empty: the system's folder. What a crash leaves there is named
	// "excelize-*".
	TmpDir string
}

// Limits on what is read, so that no file takes more memory than a desktop has:
// of unpacked bytes, and of cells. Rows and columns are those of a sheet.
const (
	maxBytes = 2 << 30
	maxCells = 16 << 20
)

// Read reads one sheet of the file at path. An error about the file is a
// [*FileError], which names it in one line.
func Read(ctx context.Context, path string, o Options) (campaign.Table, error) {
	r := reading{path: path, options: o}
	table, err := r.read(ctx)
	if err != nil {
		return campaign.Table{}, r.fault(ctx, err)
	}
	return table, nil
}

// reading is the state of one Read.
type reading struct {
	path    string
	options Options
	rows    int // so far
	cells   int
}

func (r *reading) read(ctx context.Context) (campaign.Table, error) {
	f, err := os.Open(r.path)
	if err != nil {
		return campaign.Table{}, err
	}
	defer func() { _ = f.Close() }() // opened for reading only
	kind, err := sniff(f, strings.ToLower(filepath.Ext(r.path)))
	if err != nil {
		return campaign.Table{}, err
	}
	var t campaign.Table
	if kind == kindBook {
		t, err = r.book(ctx, f)
	} else {
		t, err = r.text(ctx, f)
	}
	if err != nil {
		return campaign.Table{}, err
	}
	t.File = r.path
	t.Hash, err = hash(ctx, f, t.Sheet)
	return t, err
}

// hash is SHA-256 over the file's content, a zero byte and the sheet's name.
func hash(ctx context.Context, f io.ReadSeeker, sheet string) (string, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx, f}); err != nil {
		return "", err
	}
	h.Write([]byte("\x00" + sheet))
	return hex.EncodeToString(h.Sum(nil)), nil
}

// count adds a row to what is held in memory and refuses more than fits.
func (r *reading) count(cells int) error {
	r.rows++
	r.cells += cells
	if r.rows > maxRows || cells > maxColumns || r.cells > maxCells {
		return &FileError{Fault: TooLarge}
	}
	return nil
}

// contextReader ends with the context's error once that is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
