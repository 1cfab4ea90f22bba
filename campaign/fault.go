package campaign

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Fault is what is wrong with a file.
type Fault string

// The faults.
const (
	FaultAbsent     Fault = "absent"
	FaultUnreadable Fault = "unreadable" // the system does not let us
	FaultDamaged    Fault = "damaged"
	FaultPassword   Fault = "password" // it has one, and none or another was given
	FaultFormat     Fault = "format"   // a kind of file that is not read
	FaultNoSheet    Fault = "no_sheet"
	FaultNoArea     Fault = "no_area"
	FaultTooLarge   Fault = "too_large"
	FaultChanged    Fault = "changed" // while it was read: its rows are of two files
)

// FileError says why a file was not read, or not to its end.
type FileError struct {
	File   string
	Fault  Fault
	Kind   string   // with FaultFormat: what it is, "a PDF"
	Wanted string   // with FaultNoSheet and FaultNoArea: what was asked for
	There  []string // with FaultNoSheet and FaultNoArea: what there is
	Tried  bool     // with FaultPassword: the one that was given is wrong
	Err    error    // where and how, for FaultDamaged and FaultUnreadable
	// Row is, with FaultDamaged, the last row that is whole and Rows how many
	// rows below the headings were read until there: a reading with Until set
	// to Row gives exactly those. Row is zero where nothing can be had.
	Row, Rows int
}

// Error is one line that names the file, what is wrong and what to do.
func (e *FileError) Error() string {
	file := filepath.Base(e.File)
	switch e.Fault {
	case FaultAbsent:
		return file + ": there is no such file at " + e.File
	case FaultUnreadable:
		return fmt.Sprintf("%s: the file cannot be opened (%v): close it elsewhere or check its permissions", file, e.Err)
	case FaultPassword:
		if e.Tried {
			return file + ": this is not the workbook's password: try again, or save a copy without one"
		}
		return file + ": the workbook is protected by a password: give it, or save a copy without one"
	case FaultFormat:
		return fmt.Sprintf("%s: this is %s: save it as an Excel workbook (.xlsx) or as CSV", file, e.Kind)
	case FaultNoSheet:
		return fmt.Sprintf("%s: there is no sheet %q: the file has %s", file, e.Wanted, among(e.There, "no sheets"))
	case FaultNoArea:
		return fmt.Sprintf("%s: there is no table or range %q: the sheet has %s", file, e.Wanted, among(e.There, "none"))
	case FaultTooLarge:
		return file + ": the list is too large to be read: split it"
	case FaultChanged:
		return file + ": the file was changed while it was read: close it elsewhere and read it again"
	default:
		return e.damage(file)
	}
}

func (e *FileError) damage(file string) string {
	until := ""
	if e.Row > 0 {
		until = fmt.Sprintf("; %d rows, up to row %d, were read", e.Rows, e.Row)
	}
	return fmt.Sprintf("%s: the file is damaged (%v%s): open it in the program that wrote it and save it again", file, e.Err, until)
}

func among(names []string, none string) string {
	if len(names) == 0 {
		return none
	}
	return strings.Join(names, ", ")
}

// Unwrap returns what was found, if more is known.
func (e *FileError) Unwrap() error { return e.Err }
