package phone_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nyaruka/phonenumbers"

	"rollcall/campaign/phone"
)

var update = flag.Bool("update", false, "write zones.txt anew")

// The table is what the library's module holds.
func TestZoneTable(t *testing.T) {
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/nyaruka/phonenumbers").Output()
	if err != nil {
		t.Skip("the module's folder is not known:", err)
	}
	zipped, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "data", "prefix_to_timezone.xml.gz"))
	if err != nil {
		t.Fatal(err)
	}
	made, err := zoneLines(zipped)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("zones.txt", []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile("zones.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made, string(golden)); diff != "" {
		t.Errorf("zones.txt is not the library's; run with -update: %s", diff)
	}
}

// zoneLines writes the library's map out: by zones, the digits in order. The
// file holds the zones' names, each entry's distance from the one before, and
// the numbers of its names.
func zoneLines(zipped []byte) (string, error) {
	z, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return "", err
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return "", err
	}
	size := binary.LittleEndian.Uint32(raw)
	names := strings.Split(string(raw[4:4+size]), "\n")
	r := bytes.NewReader(raw[4+size:])
	var count uint32
	if err := binary.Read(r, binary.LittleEndian, &count); err != nil {
		return "", err
	}
	prefixes := map[string][]string{}
	prefix := uint64(0)
	for range count {
		step, err := binary.ReadUvarint(r)
		if err != nil {
			return "", err
		}
		prefix += step
		zones, err := zonesOf(r, names)
		if err != nil {
			return "", err
		}
		prefixes[zones] = append(prefixes[zones], strconv.FormatUint(prefix, 10))
	}
	var lines []string
	for zones, list := range prefixes {
		lines = append(lines, zones+": "+strings.Join(list, " ")+"\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, ""), nil
}

func zonesOf(r *bytes.Reader, names []string) (string, error) {
	n, err := r.ReadByte()
	if err != nil {
		return "", err
	}
	numbers := make([]uint16, n)
	if err := binary.Read(r, binary.LittleEndian, &numbers); err != nil {
		return "", err
	}
	var zones []string
	for _, i := range numbers {
		zones = append(zones, names[i])
	}
	return strings.Join(tidy(zones), " "), nil
}

// tidy is the form in which Zones returns what the library knows.
func tidy(zones []string) []string {
	zones = slices.DeleteFunc(slices.Clone(zones), func(z string) bool {
		return z == "" || z == phonenumbers.UNKNOWN_TIMEZONE
	})
	slices.Sort(zones)
	return slices.Compact(zones)
}

func sameZones(n phone.Number) error {
	want, err := phonenumbers.GetTimezonesForPrefix(string(n))
	if err != nil {
		return err
	}
	if got := n.Zones(); !slices.Equal(got, tidy(want)) {
		return fmt.Errorf("%s is in %q; the library says %q", n, got, want)
	}
	return nil
}

// Every six digits a number can begin with, at random for the rest of it.
func TestZonesAreTheLibrarys(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for prefix := 100_000; prefix < 1_000_000; prefix++ {
		if err := sameZones(phone.Number(fmt.Sprintf("+%d%05d", prefix, r.IntN(100_000)))); err != nil {
			t.Fatal(err)
		}
	}
}

// Every entry of the table, and its neighbours.
func TestZonesAtTheEdges(t *testing.T) {
	table, err := os.ReadFile("zones.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		_, prefixes, _ := strings.Cut(line, ":")
		for prefix := range strings.FieldsSeq(prefixes) {
			n, _ := strconv.Atoi(prefix)
			for _, near := range []int{max(n-1, 1), n, n + 1} {
				for d := range 10 {
					if err := sameZones(phone.Number(fmt.Sprintf("+%d%d34567", near, d))); err != nil {
						t.Error(err)
					}
				}
			}
		}
	}
}

func TestZonesOfTollFree(t *testing.T) {
	zones := phone.Number("+18005550199").Zones()
	if len(zones) < 10 || !slices.IsSorted(zones) {
		t.Errorf("got %d zones, sorted %v", len(zones), slices.IsSorted(zones))
	}
	for _, z := range zones {
		if _, err := time.LoadLocation(z); err != nil {
			t.Errorf("%s: %v", z, err)
		}
	}
	if cap(zones) != len(zones) {
		t.Error("who appends to the zones changes the table")
	}
}

func TestZonesOfNoNumber(t *testing.T) {
	for _, n := range []phone.Number{"", "+", "+1312", "13125550142", "+1x125550142", "+0000000000"} {
		if got := n.Zones(); len(got) != 0 {
			t.Errorf("%q is in %q", n, got)
		}
	}
}
