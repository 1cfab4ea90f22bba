package server

import (
	"encoding/binary"
	"errors"
	"time"
)

// waveLength returns how long a WAV recording lasts: the size of its data
// chunk by the bytes per second of its format chunk (RIFF WAVE, IBM and
// Microsoft, 1991).
func waveLength(file []byte) (time.Duration, error) {
	if len(file) < 12 || string(file[:4]) != "RIFF" || string(file[8:12]) != "WAVE" {
		return 0, errors.New("not a WAV recording")
	}
	perSecond := uint64(0)
	for rest := file[12:]; len(rest) >= 8; {
		name, size := string(rest[:4]), uint64(binary.LittleEndian.Uint32(rest[4:8]))
		chunk := rest[8:]
		size = min(size, uint64(len(chunk))) // a stream's header promises too much
		switch {
		case name == "fmt " && size >= 16:
			perSecond = uint64(binary.LittleEndian.Uint32(chunk[8:12]))
		case name == "data" && perSecond > 0:
			return time.Duration(size * uint64(time.Second) / perSecond), nil
		}
		rest = chunk[min(size+size%2, uint64(len(chunk))):]
	}
	return 0, errors.New("the WAV recording has no sound or no format")
}
