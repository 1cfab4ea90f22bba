package server

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"rollcall/gateway/scheduler"
)

// This file reads a gateway's settings file, in TOML. Everything may be left
// out; flags of the command line come before it.
//
//	listen    = "0.0.0.0:8155"        # other than loopback needs allow and token
//	allow     = ["192.168.1.0/24"]    # who else may ask, each time with the token
//	token     = "…"                   # or token_file = "token.txt"
//	hosts     = ["calls.example.org"] # names by which clients address this gateway
//	networks  = ["192.168.1.20/32"]   # private addresses that others may have fetched
//	lines     = 8                     # calls at the same time
//	rate      = 2.5                   # calls that may begin in a second
//	folder    = "flows"               # startvxml, exitvxml and audiofile may name files in it
//	keep_days = 90                    # how long records are kept that nobody removes
//	max_queue = 1000000               # calls that may wait
//	owner     = "first"               # of several gateways on one journal
//	transfer_to = ["+1617555", "sip:desk@example.com"] # whom documents may connect callers with; "*": anybody
//
//	[apps]                            # what startapp may name: files of the folder, or addresses
//	reminder = "reminder.vxml"
//
//	[sms]
//	url = "http://127.0.0.1:9000/send" # takes text messages; see text.go
//
//	[[retry]]                         # by the longest prefix; see scheduler.Rule
//	prefix     = "44"
//	busy       = {after = "2m", times = 3}
//	no_answer  = {after = "15m", times = 2}
//	congestion = {after = "1m"}       # as often as firstocc allows
//	machine    = {after = "1h", times = 1}

// shortestToken is how long an access token must be, in bytes.
const shortestToken = 16

// settingsFile is its content.
type settingsFile struct {
	Listen    string            `toml:"listen"`
	Allow     []string          `toml:"allow"`
	Token     string            `toml:"token"`
	TokenFile string            `toml:"token_file"`
	Hosts     []string          `toml:"hosts"`
	Networks  []string          `toml:"networks"`
	Lines     int               `toml:"lines"`
	Rate      float64           `toml:"rate"`
	Folder    string            `toml:"folder"`
	KeepDays  int               `toml:"keep_days"`
	MaxQueue  int               `toml:"max_queue"`
	Owner     string            `toml:"owner"`
	Transfer  []string          `toml:"transfer_to"`
	Apps      map[string]string `toml:"apps"`
	SMS       struct {
		URL string `toml:"url"`
	} `toml:"sms"`
	Retry []ruleSetting `toml:"retry"`

	allow, networks []netip.Prefix
}

type ruleSetting struct {
	Prefix     string        `toml:"prefix"`
	Busy       *retrySetting `toml:"busy"`
	NoAnswer   *retrySetting `toml:"no_answer"`
	Congestion *retrySetting `toml:"congestion"`
	Machine    *retrySetting `toml:"machine"`
}

type retrySetting struct {
	After duration `toml:"after"`
	Times *int     `toml:"times"`
}

// duration is written like "90s", "15m" or "2h".
type duration time.Duration

func (d *duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err == nil && (parsed < time.Minute || parsed > 7*24*time.Hour) {
		err = fmt.Errorf("%s is not between a minute and a week", text)
	}
	*d = duration(parsed)
	return err
}

// readSettings reads the file at path; an empty path is an empty file. A
// relative path in it starts at the file's own folder.
func readSettings(path string) (settingsFile, error) {
	var s settingsFile
	if path == "" {
		return s, nil
	}
	meta, err := toml.DecodeFile(path, &s)
	if err == nil {
		err = unknownKeys(meta)
	}
	if err == nil {
		err = s.complete(filepath.Dir(path))
	}
	if err != nil {
		return s, fmt.Errorf("read the settings %s: %w", path, err)
	}
	return s, nil
}

func unknownKeys(meta toml.MetaData) error {
	var names []string
	for _, key := range meta.Undecoded() {
		names = append(names, key.String())
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("unknown: %s", strings.Join(names, ", "))
}

// complete checks what was read and fills in what it refers to.
func (s *settingsFile) complete(home string) error {
	var errs [5]error
	s.allow, errs[0] = prefixes("allow", s.Allow)
	s.networks, errs[1] = prefixes("networks", s.Networks)
	errs[2] = s.readToken(home)
	errs[3] = s.findFolder(home)
	errs[4] = s.check()
	return cmp.Or(errs[:]...)
}

func (s *settingsFile) check() error {
	for name, document := range s.Apps {
		if _, err := webURL(document); err == nil {
			continue
		}
		if _, err := (source{folder: s.Folder}).file(document); err != nil {
			return fmt.Errorf("the application %s: %w", name, err)
		}
	}
	if s.SMS.URL != "" {
		if _, err := webURL(s.SMS.URL); err != nil {
			return fmt.Errorf("sms: %w", err)
		}
	}
	if err := checkReach(s.Transfer); err != nil {
		return err
	}
	if s.Lines < 0 || s.Rate < 0 || s.KeepDays < 0 || s.MaxQueue < 0 {
		return errors.New("lines, rate, keep_days and max_queue are not below zero")
	}
	return nil
}

// readToken takes the token from its file, if it is in one.
func (s *settingsFile) readToken(home string) error {
	if s.TokenFile != "" {
		text, err := os.ReadFile(under(home, s.TokenFile))
		if err != nil {
			return err
		}
		s.Token = strings.TrimSpace(string(text))
	}
	if s.Token != "" && len(s.Token) < shortestToken || s.Token == "" && s.TokenFile != "" {
		return fmt.Errorf("the token is shorter than %d characters", shortestToken)
	}
	return nil
}

func (s *settingsFile) findFolder(home string) error {
	if s.Folder == "" {
		return nil
	}
	s.Folder = under(home, s.Folder)
	info, err := os.Stat(s.Folder)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no folder", s.Folder)
	}
	return err
}

// under is path, seen from home if it is relative.
func under(home, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(home, path)
}

// prefixes reads addresses and networks.
func prefixes(setting string, texts []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range texts {
		p, err := netip.ParsePrefix(text)
		if address, single := netip.ParseAddr(text); single == nil {
			p, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %q is no address and no network such as 192.168.1.0/24", setting, text)
		}
		out = append(out, p)
	}
	return out, nil
}

// rules are the retries that the file sets.
func (s *settingsFile) rules() []scheduler.Rule {
	var out []scheduler.Rule
	for _, r := range s.Retry {
		out = append(out, scheduler.Rule{
			Prefix: strings.TrimPrefix(r.Prefix, "+"),
			Busy:   r.Busy.retry(), NoAnswer: r.NoAnswer.retry(), Congestion: r.Congestion.retry(), Machine: r.Machine.retry(),
		})
	}
	return out
}

// retry reads a setting: one that is not there repeats nothing, one without
// times repeats without an end of its own.
func (r *retrySetting) retry() scheduler.Retry {
	switch {
	case r == nil:
		return scheduler.Retry{}
	case r.Times == nil:
		return scheduler.Retry{After: max(time.Duration(r.After), time.Minute), Times: -1}
	}
	return scheduler.Retry{After: max(time.Duration(r.After), time.Minute), Times: max(0, *r.Times)}
}
