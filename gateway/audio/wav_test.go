package audio_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway/audio"
)

// chunk returns a RIFF chunk, padded to an even size.
func chunk(id string, body []byte) []byte {
	b := append([]byte(id), binary.LittleEndian.AppendUint32(nil, uint32(len(body)))...)
	b = append(b, body...)
	return append(b, make([]byte, len(body)%2)...)
}

func riff(chunks ...[]byte) []byte {
	body := append([]byte("WAVE"), bytes.Join(chunks, nil)...)
	return chunk("RIFF", body)
}

func format(codec audio.Codec, channels, rate, bits int, more ...byte) []byte {
	le := binary.LittleEndian
	b := le.AppendUint16(nil, uint16(codec))
	b = le.AppendUint16(b, uint16(channels))
	b = le.AppendUint32(b, uint32(rate))
	b = le.AppendUint32(b, uint32(rate*channels*bits/8))
	b = le.AppendUint16(b, uint16(channels*bits/8))
	b = le.AppendUint16(b, uint16(bits))
	return chunk("fmt ", append(b, more...))
}

// extended is the rest of an extensible format chunk whose codec is PCM.
func extended() []byte {
	b := make([]byte, 24)
	b[0], b[8] = 22, byte(audio.PCM)
	return b
}

func data(n int) []byte { return chunk("data", make([]byte, n)) }

func TestLength(t *testing.T) {
	open := riff(format(audio.MuLaw, 1, 8000, 8), data(4000))
	binary.LittleEndian.PutUint32(open[len(open)-4004:], 0xffffffff)
	whole := riff(format(audio.PCM, 1, 8000, 16), data(32000))
	for _, c := range []struct {
		name string
		wav  []byte
		want time.Duration
	}{
		{"telephone", whole, 2 * time.Second},
		{"µ-law", riff(format(audio.MuLaw, 1, 8000, 8, 0, 0), data(12000)), 1500 * time.Millisecond},
		{"A-law", riff(format(audio.ALaw, 1, 8000, 8), data(1)), 125 * time.Microsecond},
		{"stereo CD", riff(format(audio.PCM, 2, 44100, 16), data(44100)), 250 * time.Millisecond},
		{"24 bits", riff(format(audio.PCM, 1, 48000, 24), data(144000)), time.Second},
		{"extensible", riff(format(0xfffe, 1, 8000, 16, extended()...), data(16000)), time.Second},
		{"other chunks", riff(chunk("LIST", []byte("odd")), format(audio.PCM, 1, 8000, 16), chunk("fact", nil), data(16000), chunk("id3 ", []byte("tags"))), time.Second},
		{"left open", open, 500 * time.Millisecond},
		{"cut short", whole[:len(whole)-16000], time.Second},
		{"only a header", whole[:44], 0},
		{"empty", riff(format(audio.PCM, 1, 8000, 16), data(0)), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := audio.Length(c.wav)
			if err != nil || got != c.want {
				t.Errorf("length %v, error %v; want %v", got, err, c.want)
			}
		})
	}
}

func TestReadHeader(t *testing.T) {
	got, err := audio.ReadHeader(bytes.NewReader(riff(format(audio.ALaw, 2, 16000, 8), data(64))))
	if err != nil {
		t.Fatal(err)
	}
	want := audio.Header{Codec: audio.ALaw, Channels: 2, Rate: 16000, Bits: 8, Data: 64}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func TestRefused(t *testing.T) {
	good := format(audio.PCM, 1, 8000, 16)
	for _, c := range []struct {
		name string
		wav  []byte
		want string
	}{
		{"nothing", nil, "read RIFF header: unexpected EOF"},
		{"another file", []byte("<html><head></head></html>"), "not a WAV file"},
		{"MP3 in WAV", riff(format(0x55, 1, 8000, 0), data(8)), "codec 0x0055"},
		{"no channels", riff(format(audio.PCM, 0, 8000, 16), data(8)), "0 channels"},
		{"no rate", riff(format(audio.PCM, 1, 0, 16), data(8)), "at 0 Hz"},
		{"12 bits", riff(format(audio.PCM, 1, 8000, 12), data(8)), "of 12 bits"},
		{"16-bit µ-law", riff(format(audio.MuLaw, 1, 8000, 16), data(8)), "of 16 bits"},
		{"short format", riff(chunk("fmt ", make([]byte, 14)), data(8)), "format chunk of 14 bytes"},
		{"no format", riff(data(8)), "before its format"},
		{"no sound", riff(good), "read chunk header: unexpected EOF"},
		{"cut in a chunk", riff(good, chunk("LIST", make([]byte, 99)))[:80], "skip chunk: unexpected EOF"},
		{"chunks without end", riff(bytes.Repeat(chunk("junk", nil), 100)), "no sound among"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := audio.Length(c.wav)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
}

func FuzzLength(f *testing.F) {
	f.Add(riff(format(audio.PCM, 1, 8000, 16), data(64)))
	f.Add(riff(format(0xfffe, 1, 8000, 16, extended()...), data(9)))
	f.Add(riff(chunk("LIST", []byte("odd")), format(audio.MuLaw, 1, 8000, 8), data(3)))
	f.Fuzz(func(t *testing.T, wav []byte) {
		length, err := audio.Length(wav)
		if err != nil && length != 0 {
			t.Errorf("length %v beside error %v", length, err)
		}
		if length < 0 || length > time.Duration(len(wav))*time.Second {
			t.Errorf("%d bytes take %v", len(wav), length)
		}
	})
}

func ExampleLength() {
	wav := riff(format(audio.PCM, 1, 8000, 16), data(24000))
	length, err := audio.Length(wav)
	fmt.Println(length, err)
	// Output: 1.5s <nil>
}
