package campaign

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"io"
)

// lawFiles are the presets and the holidays: data that a person can review.
//
//go:embed law/*.json
var lawFiles embed.FS

// strictJSON reads all of data, and no field that to does not have.
func strictJSON(data []byte, to any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the end")
	}
	return nil
}
