package sheet

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"rollcall/campaign"
)

// openFile opens what can be read more than once and ends. A pipe is refused
// before it is opened, as that would wait for whoever writes into it.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a folder"}
	case !info.Mode().IsRegular():
		return nil, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a pipe or a device, not a file"}
	}
	return os.Open(path)
}

// sniff tells what a file is by its content; the name decides only where a
// text claims to be a workbook.
func sniff(f *os.File, ext string) (campaign.Format, error) {
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if info.Size() > maxBytes {
		return "", &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	head := make([]byte, 8<<10)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	head = head[:n]
	named := ext == ".xlsx" || ext == ".xlsm"
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if isDocument(f, info.Size()) {
			return campaign.FormatODS, nil
		}
		return campaign.FormatXLSX, packed(f, info.Size())
	case bytes.HasPrefix(head, []byte(compoundMark)):
		if isOldWorkbook(f, info.Size(), named) {
			return campaign.FormatXLS, nil
		}
		return campaign.FormatXLSX, compound(f, named)
	case isOldStream(head):
		return campaign.FormatXLS, nil
	case isFlatDocument(head):
		return campaign.FormatODS, nil
	}
	format, err := textual(head)
	if named && format != campaign.FormatHTML && format != campaign.FormatXML {
		return "", damage("it does not begin as a workbook does")
	}
	return format, err
}

// packed tells whether a zip file is a workbook.
func packed(f *os.File, size int64) error {
	a, err := openArchive(f, size)
	if err != nil {
		return err
	}
	related := false
	for _, part := range a.files {
		switch name := partName(part.Name); {
		case name == "xl/workbook.bin":
			return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a binary Excel workbook (.xlsb)"}
		case strings.HasPrefix(name, "xl/"):
			return nil
		case name == "content.xml":
			return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "an OpenDocument file"}
		case strings.HasPrefix(name, "word/"):
			return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a Word document"}
		case strings.HasPrefix(name, "ppt/"):
			return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a presentation"}
		case strings.HasSuffix(name, ".iwa"):
			return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a Numbers document"}
		case name == "_rels/.rels":
			related = true // a workbook's parts may have any names
		}
	}
	if related {
		return nil
	}
	return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "an archive, not a list"}
}

// compound tells an encrypted workbook from an old one: the former is wrapped
// in the latter's container, in a stream named EncryptedPackage (MS-OFFCRYPTO
// 2.3.1), the name in UTF-16.
func compound(f *os.File, named bool) error {
	content, err := io.ReadAll(io.NewSectionReader(f, 0, maxEncrypted))
	if err != nil {
		return err
	}
	name := strings.Join(strings.Split("EncryptedPackage", ""), "\x00")
	if named || bytes.Contains(content, []byte(name)) {
		return nil
	}
	return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a document of an old Office program, not a workbook"}
}
