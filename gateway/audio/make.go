package audio

import (
	"encoding/binary"
	"math"
	"time"
)

// This file makes sound.

// Rate is the samples a second of what is made here: a telephone's.
const Rate = 8000

// Tone is a soft tone of so many hertz, with no click at either end. The same
// tone is the same samples.
func Tone(hertz float64, length time.Duration) []int16 {
	const loud, fade = 0.05 * math.MaxInt16, Rate / 50
	samples := make([]int16, int64(length)*Rate/int64(time.Second))
	for i := range samples {
		edge := min(i, len(samples)-1-i, fade)
		level := loud * float64(edge) / fade
		samples[i] = int16(level * math.Sin(2*math.Pi*hertz*float64(i)/Rate))
	}
	return samples
}

// WAV is a file of one channel of 16 bits at [Rate].
func WAV(samples []int16) []byte {
	const header, width = 44, 2
	size := len(samples) * width
	le := binary.LittleEndian
	b := make([]byte, 0, header+size)
	b = append(b, "RIFF"...)
	b = le.AppendUint32(b, uint32(header-8+size))
	b = append(b, "WAVEfmt "...)
	b = le.AppendUint32(b, 16)
	b = le.AppendUint16(b, uint16(PCM))
	b = le.AppendUint16(b, 1)
	b = le.AppendUint32(b, Rate)
	b = le.AppendUint32(b, Rate*width)
	b = le.AppendUint16(b, width)
	b = le.AppendUint16(b, 8*width)
	b = append(b, "data"...)
	b = le.AppendUint32(b, uint32(size))
	for _, s := range samples {
		b = le.AppendUint16(b, uint16(s))
	}
	return b
}
