package sheet_test

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
)

// locked encrypts a stream with the RC4 of Excel 97 (MS-OFFCRYPTO 2.3.6, MS-XLS
// 2.2.10), whose second record is an empty FILEPASS of 54 bytes.
func locked(stream []byte, password string) []byte {
	out := bytes.Clone(stream)
	salt := []byte("0123456789abcdef")
	first := md5.Sum(utf16le(password))
	h := md5.New()
	for range 16 {
		h.Write(first[:5])
		h.Write(salt)
	}
	key := func(block int) *rc4.Cipher {
		k := md5.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(h.Sum(nil)[:5]), uint32(block)))
		c, _ := rc4.NewCipher(k[:])
		return c
	}
	verifier := []byte("sixteen letters.")
	sum := md5.Sum(verifier)
	check := append(verifier, sum[:]...)
	key(0).XORKeyStream(check, check)
	pass := append(append([]byte{1, 0, 1, 0, 1, 0}, salt...), check...)
	var keys []byte
	for block := range len(out)/1024 + 1 {
		part := make([]byte, 1024)
		key(block).XORKeyStream(part, part)
		keys = append(keys, part...)
	}
	for at := 0; at+4 <= len(out); {
		kind, size := binary.LittleEndian.Uint16(out[at:]), int(binary.LittleEndian.Uint16(out[at+2:]))
		from := at + 4
		at = from + size
		switch kind {
		case 0x0809:
			continue
		case 0x002F:
			copy(out[from:], pass)
			continue
		case 0x0085:
			from += 4
		}
		for i := from; i < at; i++ {
			out[i] ^= keys[i]
		}
	}
	return out
}

func TestOldPassword(t *testing.T) {
	var records [][]byte
	var want []string
	for row := range 200 {
		records = append(records, rec(0x0204, row, 0, 0, narrow("Ann Example")))
		want = append(want, rowText(campaign.TableRow{Number: row + 1, Cells: texts("Ann Example")}))
	}
	plain := old{globals: [][]byte{rec(0x002F, make([]byte, 54))}, sheets: []oldSheet{{name: "List", records: records}}}.stream()
	tests := []struct {
		name, set, given string
		fault            campaign.Fault
		tried            bool
	}{
		{"right", "secret Łódź", "secret Łódź", "", false},
		{"none given", "secret", "", campaign.FaultPassword, false},
		{"wrong", "secret", "Secret", campaign.FaultPassword, true},
		{"against changes only", "VelvetSweatshop", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := fileOf(t, "list.xls", locked(plain, tt.set))
			all, err := read(t, path, campaign.Reading{Header: campaign.NoHeader, Password: tt.given})
			if fault := faultOf(err); fault.Fault != tt.fault || fault.Tried != tt.tried {
				t.Fatalf("%v, want %q", err, tt.fault)
			}
			var got []string
			for _, row := range all.Rows {
				got = append(got, rowText(row))
			}
			if diff := cmp.Diff(want, got); err == nil && diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
