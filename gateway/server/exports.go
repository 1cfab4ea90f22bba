package server

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"rollcall/gateway/broadcast"
)

// This file writes the results of campaigns into the exports folder and serves
// them from there. No name leads out of it.

const (
	// pathExports is where results are fetched.
	pathExports = "/assets/global/"
	// exportPrefix is what clients put before the name of the file to write:
	// the folder that a Voicent gateway serves at pathExports.
	exportPrefix = "webapps/ROOT/assets/global/"
	// maxExports is how many files are kept; the oldest go.
	maxExports = 100
)

var exportName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9 _.-]{0,99}\.csv$`)

// isExport tells whether name may be that of a file with results.
func isExport(name string) bool { return exportName.MatchString(name) && !strings.Contains(name, "..") }

// exportCampaign writes what came of a campaign so far. It is complete before
// the reply. All columns of the list are written, so that extracols asks for
// nothing more.
func (s *Server) exportCampaign(ctx context.Context, v url.Values) ([]entry, error) {
	if s.cfg.Exports == "" {
		return nil, refuse("this gateway has no folder for exports")
	}
	asked := strings.TrimPrefix(strings.ReplaceAll(text(v, "f"), `\`, "/"), "/")
	name, found := strings.CutPrefix(asked, exportPrefix)
	if !found || !isExport(name) {
		return nil, refuse("f is not %sNAME.csv, NAME of letters, digits, space, _, . and -", exportPrefix)
	}
	c, err := s.campaign(ctx, v)
	if err != nil {
		return nil, err
	}
	if err := s.writeExport(ctx, name, c); err != nil {
		return nil, err
	}
	return []entry{{"status", "OK"}, {"camp_id", int64(c.ID)}, {"f", exportPrefix + name}}, nil
}

// writeExport puts a whole file in the place of any of that name.
func (s *Server) writeExport(ctx context.Context, name string, c broadcast.Campaign) error {
	if err := os.MkdirAll(s.cfg.Exports, 0o700); err != nil {
		return err
	}
	folder, err := os.OpenRoot(s.cfg.Exports)
	if err != nil {
		return err
	}
	err = s.fillExport(ctx, folder, name, c)
	if err == nil {
		err = prune(folder)
	}
	return errors.Join(err, folder.Close())
}

// fillExport writes beside name first, so that nobody ever reads half of it.
func (s *Server) fillExport(ctx context.Context, folder *os.Root, name string, c broadcast.Campaign) error {
	temp, err := os.CreateTemp(folder.Name(), ".export-*")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(temp)
	err = errors.Join(broadcast.Export(ctx, out, s.campaigns.store, c, s.cfg.Location), out.Flush(), temp.Close())
	if err == nil {
		err = folder.Rename(filepath.Base(temp.Name()), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

// prune removes the oldest files beyond [maxExports].
func prune(folder *os.Root) error {
	files, err := fs.ReadDir(folder.FS(), ".")
	if err != nil {
		return err
	}
	var exports []fs.FileInfo
	for _, f := range files {
		info, err := f.Info()
		if err == nil && info.Mode().IsRegular() && isExport(f.Name()) {
			exports = append(exports, info)
		}
	}
	slices.SortFunc(exports, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	var errs []error
	for _, old := range exports[min(maxExports, len(exports)):] {
		errs = append(errs, folder.Remove(old.Name()))
	}
	return errors.Join(errs...)
}

// serveExport gives a file with results; there is no list of them.
func (s *Server) serveExport(w http.ResponseWriter, r *http.Request, path string) {
	if !wantsKeepAlive(r) {
		w.Header().Set("Connection", "close")
	}
	name := strings.TrimPrefix(path, pathExports)
	switch err := s.authorized(r, r.URL.Query()); {
	case fromBrowser(r, s.cfg.Hosts) != nil:
		s.sendRefusal(w, http.StatusForbidden, fromBrowser(r, s.cfg.Hosts).Error())
	case err != nil:
		w.Header().Set("WWW-Authenticate", "Bearer")
		s.sendRefusal(w, http.StatusUnauthorized, err.Error())
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		s.sendRefusal(w, http.StatusMethodNotAllowed, "this method is not known here")
	case s.cfg.Exports == "" || !isExport(name):
		s.sendRefusal(w, http.StatusNotFound, "there is no such file")
	default:
		s.sendExport(w, r, name)
	}
}

func (s *Server) sendExport(w http.ResponseWriter, r *http.Request, name string) {
	file, info, err := openExport(s.cfg.Exports, name)
	if err != nil {
		s.sendRefusal(w, http.StatusNotFound, "there is no such file")
		return
	}
	defer func() {
		if err := file.Close(); err != nil {
			s.cfg.Log.Warn("close export", "error", err)
		}
	}()
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", info.ModTime(), file)
}

// openExport opens a regular file of the folder.
func openExport(folder, name string) (*os.File, fs.FileInfo, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil, err
	}
	info, err := root.Lstat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	var file *os.File
	if err == nil {
		file, err = root.Open(name)
	}
	if closed := root.Close(); err == nil && closed != nil {
		return nil, nil, errors.Join(closed, file.Close())
	}
	return file, info, err
}
