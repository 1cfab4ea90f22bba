package sheet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// Fault is what is wrong with a file.
type Fault string

// The faults.
const (
	Absent     Fault = "absent"
	Unreadable Fault = "unreadable" // the system does not let us
	Damaged    Fault = "damaged"
	Encrypted  Fault = "encrypted"
	Format     Fault = "format" // a kind of file that is not read
	NoSheet    Fault = "no_sheet"
	TooLarge   Fault = "too_large"
)

// FileError says why a file was not read.
type FileError struct {
	File   string
	Fault  Fault
	Kind   string   // with Format: what it is, "an OpenDocument spreadsheet"
	Sheet  string   // with NoSheet: the one that was asked for
	Sheets []string // with NoSheet: those there are
	Err    error    // where and how, for Damaged and Unreadable
}

// Error is one line that names the file, what is wrong and what to do.
func (e *FileError) Error() string {
	file := filepath.Base(e.File)
	switch e.Fault {
	case Absent:
		return file + ": there is no such file at " + e.File
	case Unreadable:
		return fmt.Sprintf("%s: the file cannot be opened (%v): close it elsewhere or check its permissions", file, e.Err)
	case Encrypted:
		return file + ": the workbook is protected by a password: save a copy without one"
	case Format:
		return fmt.Sprintf("%s: this is %s: save it as an Excel workbook (.xlsx) or as CSV", file, e.Kind)
	case NoSheet:
		if len(e.Sheets) == 0 {
			return fmt.Sprintf("%s: there is no sheet %q: the file has no sheets", file, e.Sheet)
		}
		return fmt.Sprintf("%s: there is no sheet %q: the file has %s", file, e.Sheet, strings.Join(e.Sheets, ", "))
	case TooLarge:
		return file + ": the list is too large to be read: split it"
	default:
		return fmt.Sprintf("%s: the file is damaged (%v): open it in the program that wrote it and save it again", file, e.Err)
	}
}

// Unwrap returns what was found, if more is known.
func (e *FileError) Unwrap() error { return e.Err }

func damage(format string, args ...any) error {
	return &FileError{Fault: Damaged, Err: fmt.Errorf(format, args...)}
}

// fault makes a FileError of whatever reading a file ended with.
func (r *reading) fault(ctx context.Context, err error) error {
	var fault *FileError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &fault):
	case errors.Is(err, fs.ErrNotExist):
		fault = &FileError{Fault: Absent, Err: err}
	default:
		fault = &FileError{Fault: Unreadable, Err: cause(err)}
	}
	fault.File = r.path
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
