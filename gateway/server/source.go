package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"rollcall/gateway/vxml"
)

// This file is where documents and recordings come from: the web, and one
// folder of this machine that only a request's own parameters may name. What a
// document refers to is fetched from the web alone.

const (
	// maxResource bounds a document or a recording, in bytes: 17 minutes of
	// 8 kHz sound.
	maxResource = 16 << 20
	// fetchTimeout bounds a fetch that names no bound of its own.
	fetchTimeout = 15 * time.Second
)

// source reads documents and recordings. It is safe for several goroutines.
type source struct {
	client   *http.Client
	cache    *cache // behind client
	folder   string
	networks []netip.Prefix // private ones that other machines may have fetched from
}

// of is the source for requests from an address, empty for this machine.
func (s source) of(from string) source {
	if from == "" {
		return s
	}
	address, err := netip.ParseAddr(from)
	if err != nil {
		address = netip.Addr{} // nobody's: only public addresses are fetched
	}
	s.client = s.cache.caching(fence{requester: address, networks: s.networks}.client(), from)
	return s
}

// get fetches from the web.
func (s source) get(ctx context.Context, f vxml.Fetch) (vxml.Resource, error) {
	address, err := webURL(f.URL)
	if err != nil {
		return vxml.Resource{}, err
	}
	if f.Timeout <= 0 {
		f.Timeout = fetchTimeout
	}
	if f.Method == "" {
		f.Method = http.MethodGet
	}
	ctx, cancel := context.WithTimeout(ctx, f.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, f.Method, address.String(), bytes.NewReader(f.Body))
	if err != nil {
		return vxml.Resource{}, err
	}
	if f.Type != "" {
		req.Header.Set("Content-Type", f.Type)
	}
	limitAge(req.Header, f)
	resp, err := s.client.Do(req)
	if err != nil {
		return vxml.Resource{}, err
	}
	body, err := readBounded(resp.Body)
	if closing := resp.Body.Close(); err == nil {
		err = closing
	}
	switch {
	case err != nil:
		return vxml.Resource{}, fmt.Errorf("fetch %s: %w", f.URL, err)
	case resp.StatusCode != http.StatusOK:
		return vxml.Resource{}, fmt.Errorf("fetch %s: %w", f.URL, vxml.HTTPError(resp.StatusCode))
	}
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil {
		kind = "" // not known
	}
	return vxml.Resource{URL: resp.Request.URL.String(), Type: kind, Body: body}, nil
}

// limitAge tells the cache, and those on the way, what a document will take
// (VoiceXML 2.0, section 6.1.2).
func limitAge(h http.Header, f vxml.Fetch) {
	for name, limit := range map[string]*time.Duration{"max-age": f.MaxAge, "max-stale": f.MaxStale} {
		if limit != nil {
			h.Add("Cache-Control", fmt.Sprintf("%s=%d", name, max(0, *limit/time.Second)))
		}
	}
}

// webURL reads the address of something on the web.
func webURL(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("%q is not an http or https address", address)
	}
	return u, nil
}

// file reads a regular file of the folder. No name and no link leads out of it.
func (s source) file(name string) ([]byte, error) {
	relative, err := inFolder(s.folder, name)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(s.folder)
	if err != nil {
		return nil, err
	}
	body, err := readRegular(root, relative)
	if closing := root.Close(); err == nil {
		err = closing
	}
	return body, err
}

func readRegular(root *os.Root, name string) ([]byte, error) {
	// Asked first: to open a pipe could block.
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file", name)
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	body, err := readBounded(f)
	if closing := f.Close(); err == nil {
		err = closing
	}
	return body, err
}

// inFolder returns name, a full path or one within folder, as seen from folder.
func inFolder(folder, name string) (string, error) {
	if folder == "" {
		return "", errors.New("this gateway has no folder for files (startvxml, exitvxml, audiofile); use starturl or txt")
	}
	relative := filepath.Clean(name)
	if filepath.IsAbs(name) {
		var err error
		if relative, err = filepath.Rel(folder, name); err != nil {
			return "", errors.New("the file is not in this gateway's folder for files")
		}
	}
	if !filepath.IsLocal(relative) {
		return "", errors.New("the file is not in this gateway's folder for files")
	}
	return relative, nil
}

func readBounded(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxResource+1))
	if err == nil && len(body) > maxResource {
		err = fmt.Errorf("longer than %d bytes", maxResource)
	}
	return body, err
}
