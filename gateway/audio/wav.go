// Package audio reads and makes sound. It knows WAV files: wav.go reads their
// header, what is in them and how long it takes to play, make.go writes them.
package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// Codec is the format tag of a WAV file.
type Codec uint16

// The codecs that telephony uses (RFC 2361, appendix A).
const (
	PCM   Codec = 0x0001
	ALaw  Codec = 0x0006
	MuLaw Codec = 0x0007
)

// extensible is the tag of a header that has its real one further on.
const extensible Codec = 0xfffe

// Header is what a WAV file says of itself.
type Header struct {
	Codec    Codec
	Channels int
	Rate     int   // samples a second
	Bits     int   // per sample
	Data     int64 // bytes of sound
}

// Length is how long the sound takes.
func (h Header) Length() time.Duration {
	frame := int64(h.Channels * h.Bits / 8)
	if frame <= 0 || h.Rate <= 0 {
		return 0
	}
	frames, rate := h.Data/frame, int64(h.Rate)
	return time.Duration(frames/rate)*time.Second +
		time.Duration(frames%rate)*time.Second/time.Duration(rate)
}

// maxChunks bounds how many chunks may stand before the sound.
const maxChunks = 64

// ReadHeader reads r up to the sound. It accepts PCM of 8 to 32 bits, µ-law
// and A-law. Header.Data is what the header claims: a writer that could not go
// back leaves the largest number there is.
func ReadHeader(r io.Reader) (Header, error) {
	var riff [12]byte
	if _, err := io.ReadFull(r, riff[:]); err != nil {
		return Header{}, fmt.Errorf("read RIFF header: %w", noEnd(err))
	}
	if string(riff[:4]) != "RIFF" || string(riff[8:]) != "WAVE" {
		return Header{}, errors.New("not a WAV file")
	}
	var h Header
	for range maxChunks {
		var chunk [8]byte
		if _, err := io.ReadFull(r, chunk[:]); err != nil {
			return Header{}, fmt.Errorf("read chunk header: %w", noEnd(err))
		}
		size := int64(binary.LittleEndian.Uint32(chunk[4:]))
		var err error
		switch string(chunk[:4]) {
		case "fmt ":
			h, err = readFormat(r, size)
		case "data":
			if h.Codec == 0 {
				return Header{}, errors.New("the sound comes before its format")
			}
			h.Data = size
			return h, nil
		default:
			err = skip(r, size+size%2)
		}
		if err != nil {
			return Header{}, err
		}
	}
	return Header{}, fmt.Errorf("no sound among the first %d chunks", maxChunks)
}

// readFormat reads a format chunk: 16 bytes, and 24 more if it is extensible.
func readFormat(r io.Reader, size int64) (Header, error) {
	if size < 16 {
		return Header{}, fmt.Errorf("format chunk of %d bytes", size)
	}
	b := make([]byte, min(size, 40))
	if _, err := io.ReadFull(r, b); err != nil {
		return Header{}, fmt.Errorf("read format: %w", noEnd(err))
	}
	le := binary.LittleEndian
	h := Header{
		Codec:    Codec(le.Uint16(b)),
		Channels: int(le.Uint16(b[2:])),
		Rate:     int(le.Uint32(b[4:])),
		Bits:     int(le.Uint16(b[14:])),
	}
	if h.Codec == extensible && len(b) == 40 {
		h.Codec = Codec(le.Uint16(b[24:]))
	}
	if err := h.check(); err != nil {
		return Header{}, err
	}
	return h, skip(r, size+size%2-int64(len(b)))
}

func (h Header) check() error {
	bitsOK := h.Bits == 8
	switch h.Codec {
	case PCM:
		bitsOK = h.Bits%8 == 0 && h.Bits >= 8 && h.Bits <= 32
	case ALaw, MuLaw:
	default:
		return fmt.Errorf("codec %#04x is not PCM, µ-law or A-law", uint16(h.Codec))
	}
	if !bitsOK || h.Channels < 1 || h.Rate < 1 {
		return fmt.Errorf("%d channels of %d bits at %d Hz", h.Channels, h.Bits, h.Rate)
	}
	return nil
}

func skip(r io.Reader, n int64) error {
	if _, err := io.CopyN(io.Discard, r, n); err != nil {
		return fmt.Errorf("skip chunk: %w", noEnd(err))
	}
	return nil
}

// noEnd says of an end of file that it came too early.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Length returns how long a WAV file takes to play. Only what is there counts
// of a file that was cut short, or whose header was never completed.
func Length(wav []byte) (time.Duration, error) {
	r := bytes.NewReader(wav)
	h, err := ReadHeader(r)
	if err != nil {
		return 0, fmt.Errorf("read recording: %w", err)
	}
	h.Data = min(h.Data, int64(r.Len()))
	return h.Length(), nil
}

// Playable tells why a line could not play a sound; nil if it can. What the
// sound was served as does not matter, only what it is.
func Playable(sound []byte, _ string) error {
	_, err := ReadHeader(bytes.NewReader(sound))
	return err
}
