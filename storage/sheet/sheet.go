// Package sheet reads spreadsheets: a workbook or a text of separated values
// becomes a [campaign.Table], whose rows are cells, each with its type and
// with what the file stores for it. It has no opinion about what they mean.
//
// Rows come one after another and are never all in memory. A file is read to
// its very end: where it is damaged, be it cut off, changed by a byte or
// lacking a part, the last row is followed by an error that says where, instead
// of the rows that could still be found; Reading.Until gives the rows before
// it. Lines of a text that are not quite right are kept, with a problem.
//
// What a reader looks for stands in
//
//	sheet.go   Open, and which reader a file is given to
//	table.go   what all formats share: the heading, the rows asked for, limits
//	sniff.go   which kind of file it is, by its content
//	area.go    references, and the part of a sheet that is the list
//	parts.go   a package of parts (zip): limits, checksums, relationships
//	token.go   XML without copies; escape.go its attributes and entities
//	book.go    a workbook: sheets, tables, names; password.go the locked ones
//	shared.go  the texts that cells share
//	scan.go    the XML of a sheet: rows and cells, damage
//	line.go    a row: types, stored and shown values
//	style.go   formats of cells; code.go takes them apart, format.go and
//	           calendar.go show numbers and dates by them
//	xls.go     workbooks of Excel 5 to 2003: sheets, styles; cfb.go what they
//	           come in; xlsrecord.go records; xlstext.go texts; xlsname.go
//	           named ranges; xlslock.go passwords
//	xlscells.go a sheet of theirs; xlsformula.go what was counted
//	ods.go     OpenDocument: sheets, ranges; odsrows.go rows; odscell.go cells
//	kind.go    which kind it is, where it is none of those
//	csv.go     text: rows, and what is wrong with their letters
//	encoding.go  text: how bytes are letters; guess.go where nothing says so
//	delimiter.go  text: what separates the fields
//	record.go  text: records and quotes
//	html.go    web pages: their tables; htmlrows.go the rows of one,
//	           htmlstyle.go the types of cells
//	xml2003.go the XML spreadsheet of Excel 2003; xml2003rows.go its rows
//	header.go  which row is the heading
//
// [OpenNumbers] reads files of numbers that must not be called, and of nothing
// else: registry.go, registryxml.go.
package sheet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rollcall/campaign"
)

// Limits on what is read, so that no file takes more memory or time than a
// desktop has. Rows and columns are those of a sheet.
const (
	maxBytes   = 4 << 30 // unpacked
	maxRows    = 1 << 20
	maxColumns = 1 << 14
)

// Open finds out what the file at path is, and begins to read the list in it.
// An error about the file is a [*campaign.FileError], which names it in one
// line. The context ends the reading, of rows too.
func Open(ctx context.Context, path string, how campaign.Reading) (*campaign.Table, error) {
	t, err := open(ctx, path, how)
	if err != nil {
		return nil, fault(ctx, path, err)
	}
	return t, nil
}

func open(ctx context.Context, path string, how campaign.Reading) (_ *campaign.Table, err error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	closing := []io.Closer{f}
	defer func() {
		if err != nil {
			err = errors.Join(err, closeAll(closing))
		}
	}()
	in := input{ctx: ctx, file: f, path: path, how: how}
	if in.info, err = f.Stat(); err != nil {
		return nil, err
	}
	kind, err := sniff(f, strings.ToLower(filepath.Ext(path)))
	if err != nil {
		return nil, err
	}
	t := &campaign.Table{Book: campaign.Book{File: path, Format: kind}}
	src, err := in.source(t)
	if err != nil {
		return nil, err
	}
	closing = append([]io.Closer{src}, closing...)
	if t.Hash, err = hash(ctx, path, t.Sheet); err != nil {
		return nil, err
	}
	return t, begin(&in, t, src, closing)
}

// input is a file that is being opened.
type input struct {
	ctx  context.Context // of one table; no input outlives it
	file *os.File
	path string
	how  campaign.Reading
	info fs.FileInfo // of the file when it was opened
}

// changed tells whether something was written to the file since it was opened,
// which a text does not show otherwise.
func (in *input) changed() bool {
	now, err := in.file.Stat()
	return err == nil && (now.Size() != in.info.Size() || !now.ModTime().Equal(in.info.ModTime()))
}

// source gives the rows of a file as they stand in it.
type source interface {
	// next returns the next row, which may be empty, io.EOF after the last.
	// Its cells are valid until the next call.
	next() (campaign.TableRow, error)
	// problems are those of the whole file, after io.EOF.
	problems() []campaign.CellProblem
	// done is the part that was read, 0 to 1.
	done() float64
	// padded tells that empty cells at the end of a row are not in the file, so
	// that a short row is none.
	padded() bool
	io.Closer
}

// source opens what stands in the file, and completes t.Book and t.Sheet.
func (in *input) source(t *campaign.Table) (source, error) {
	switch t.Book.Format {
	case campaign.FormatXLSX:
		return in.workbook(t)
	case campaign.FormatXLS:
		return in.oldWorkbook(t)
	case campaign.FormatODS:
		return in.documentSheet(t)
	case campaign.FormatHTML:
		return in.page(t)
	case campaign.FormatXML:
		return in.spreadsheetML(t)
	default:
		return in.text(t)
	}
}

// hash is SHA-256 over the file's content, a zero byte and the sheet's name.
func hash(ctx context.Context, path, sheet string) (_ string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx, f}); err != nil {
		return "", err
	}
	h.Write([]byte("\x00" + sheet))
	return hex.EncodeToString(h.Sum(nil)), nil
}

func closeAll(all []io.Closer) error {
	var errs []error
	for _, c := range all {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
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

func damage(format string, args ...any) error {
	return &campaign.FileError{Fault: campaign.FaultDamaged, Err: fmt.Errorf(format, args...)}
}

// fault makes a FileError of whatever reading a file ended with.
func fault(ctx context.Context, path string, err error) error {
	var fault *campaign.FileError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &fault):
	case errors.Is(err, fs.ErrNotExist):
		fault = &campaign.FileError{Fault: campaign.FaultAbsent, Err: err}
	default:
		fault = &campaign.FileError{Fault: campaign.FaultUnreadable, Err: cause(err)}
	}
	fault.File = path
	return fault
}

// cause leaves the path out of an error of the file system: the message names
// the file already.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
