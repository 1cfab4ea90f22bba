package audio_test

import (
	"bytes"
	"testing"
	"time"

	"rollcall/gateway/audio"
)

func TestMadeSoundIsRead(t *testing.T) {
	for _, length := range []time.Duration{0, time.Millisecond, 3 * time.Second} {
		samples := audio.Tone(440, length)
		wav := audio.WAV(samples)
		h, err := audio.ReadHeader(bytes.NewReader(wav))
		want := audio.Header{Codec: audio.PCM, Channels: 1, Rate: audio.Rate, Bits: 16, Data: int64(len(samples) * 2)}
		if err != nil || h != want || h.Length() != length {
			t.Errorf("%v is read as %+v, %v", length, h, err)
		}
	}
}

func TestToneIsSoftAndHasItsHeight(t *testing.T) {
	samples := audio.Tone(400, time.Second)
	crossings, loudest := 0, int16(0)
	for i, s := range samples {
		loudest = max(loudest, s)
		if i > 0 && samples[i-1] < 0 && s >= 0 {
			crossings++
		}
	}
	if crossings < 397 || crossings > 401 {
		t.Errorf("%d waves in a second, want 400", crossings)
	}
	if loudest < 1000 || loudest > 2000 {
		t.Errorf("the loudest sample is %d", loudest)
	}
	if samples[0] != 0 || samples[len(samples)-1] != 0 {
		t.Error("the tone begins or ends with a click")
	}
}
