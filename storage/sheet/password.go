package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"github.com/richardlehane/mscfb"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
)

// A workbook with a password is a package that is encrypted and wrapped in a
// compound file (MS-OFFCRYPTO 2.3.1). It is decrypted in memory.
const (
	maxEncrypted = 256 << 20
	// maxSpins is how often a password may have to be hashed (2.3.4.10).
	maxSpins = 10_000_000
)

// unlocked returns the package of a workbook, decrypted if it must be.
func (in *input) unlocked() (io.ReaderAt, int64, error) {
	info, err := in.file.Stat()
	if err != nil {
		return nil, 0, err
	}
	head := make([]byte, len(compoundMark))
	if _, err := in.file.ReadAt(head, 0); err != nil || string(head) != compoundMark {
		return in.file, info.Size(), nil //nolint:nilerr // too short a file is found out as a package
	}
	if in.how.Password == "" {
		return nil, 0, &campaign.FileError{Fault: campaign.FaultPassword}
	}
	if info.Size() > maxEncrypted {
		return nil, 0, &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	locked, err := io.ReadAll(contextReader{in.ctx, io.NewSectionReader(in.file, 0, info.Size())})
	if err != nil {
		return nil, 0, err
	}
	content, err := decrypt(locked, in.how.Password)
	if err != nil {
		return nil, 0, err
	}
	if !bytes.HasPrefix(content, []byte("PK")) {
		return nil, 0, &campaign.FileError{Fault: campaign.FaultPassword, Tried: true}
	}
	return bytes.NewReader(content), int64(len(content)), nil
}

const compoundMark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// decrypt returns what is in a compound file, which is no package if the
// password is wrong.
func decrypt(locked []byte, password string) (content []byte, err error) {
	defer recovered(&err)
	size, err := inspect(locked)
	if err != nil {
		return nil, err
	}
	content, err = excelize.Decrypt(locked, &excelize.Options{Password: password})
	if err != nil {
		return nil, damage("it cannot be decrypted: %w", err)
	}
	return content[:min(uint64(len(content)), size)], nil
}

var spins = regexp.MustCompile(`spinCount\s*=\s*["']([0-9]+)`)

// inspect looks at a compound file before the library does, which trusts it:
// its streams must fit into it. It returns how large the package is.
func inspect(locked []byte) (size uint64, err error) {
	doc, err := mscfb.New(bytes.NewReader(locked))
	if err != nil {
		return 0, damage("it cannot be decrypted: %w", err)
	}
	for _, f := range doc.File {
		if f.Size > int64(len(locked)) {
			return 0, damage("its stream %s is longer than the file", f.Name)
		}
		switch f.Name {
		case "EncryptionInfo":
			err = costly(f)
		case "EncryptedPackage":
			err = binary.Read(f, binary.LittleEndian, &size)
		}
		if err != nil {
			return 0, damage("it cannot be decrypted: %w", err)
		}
	}
	if size == 0 {
		return 0, damage("it holds no workbook")
	}
	return size, nil
}

// costly refuses a password that is to be hashed longer than anybody would
// wait.
func costly(info io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(info, 1<<20))
	if err != nil {
		return err
	}
	for _, found := range spins.FindAllSubmatch(text, -1) {
		if n, err := strconv.Atoi(string(found[1])); err != nil || n > maxSpins {
			return errors.New("its password takes too long to check")
		}
	}
	return nil
}

// recovered turns a panic of a library over a broken file into damage.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = damage("%w", fmt.Errorf("%v", p))
	}
}

// tooLarge returns the error if it says that a limit was passed.
func tooLarge(err error) error {
	var fault *campaign.FileError
	if errors.As(err, &fault) && fault.Fault == campaign.FaultTooLarge {
		return fault
	}
	return nil
}
