package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rollcall/gateway"
	"rollcall/gateway/audio"
	"rollcall/gateway/broadcast"
)

// This file is the campaign interface: lists are imported, campaigns are run
// on them and asked about. campstats.go counts, exports.go writes results.

// pathCampaigns is the interface's only page; the parameter "action" tells
// what is asked.
const pathCampaigns = "/ocall/campapi"

// campaigns is what a gateway has of package broadcast; nil if it has no store.
type campaigns struct {
	store   broadcast.Store
	engine  *broadcast.Engine
	uploads turns
}

func (s *Server) newCampaigns() *campaigns {
	if s.cfg.Broadcasts == nil {
		return nil
	}
	return &campaigns{
		store:   s.cfg.Broadcasts,
		uploads: make(turns, maxUploads),
		engine: broadcast.New(broadcast.Config{
			Store:      s.cfg.Broadcasts,
			Caller:     s.sched,
			Journal:    s.cfg.Journal,
			Lines:      s.sched.Lines,
			RetryAfter: time.Minute / time.Duration(max(1, s.cfg.Speed)),
			Log:        s.cfg.Log,
		}),
	}
}

// start runs campaigns until ctx ends, and returns how to wait for that.
func (c *campaigns) start(ctx context.Context) (wait func() error) {
	if c == nil {
		return func() error { return nil }
	}
	ended := make(chan error, 1)
	go func() { ended <- c.engine.Run(ctx) }()
	return func() error { return <-ended }
}

var errNoCampaigns = errors.New("campaigns are not supported: this gateway has no store for them")

func (s *Server) campaignPage(r *http.Request) page {
	if s.campaigns == nil {
		return refusal(errNoCampaigns.Error())
	}
	bringsList := boundary(r) != ""
	if bringsList {
		if err := s.campaigns.uploads.take(r.Context()); err != nil {
			return refusal(err.Error())
		}
		defer s.campaigns.uploads.giveBack()
	}
	v, file, err := s.readCampaign(r)
	if err == nil && !bringsList && namesList(v) {
		if err = s.campaigns.uploads.take(r.Context()); err == nil {
			defer s.campaigns.uploads.giveBack()
		}
	}
	if err != nil {
		return refusal(err.Error())
	}
	reply, err := s.campaignAction(r.Context(), v, file, from(r))
	if err != nil {
		return s.refuseCampaign(r.Context(), err)
	}
	return plain(literal(reply))
}

// campaignAction does what a request asks for and returns the reply.
func (s *Server) campaignAction(ctx context.Context, v url.Values, file []byte, from string) ([]entry, error) {
	switch v.Get("action") {
	case "import":
		return s.importList(ctx, v, file)
	case "bbp":
		return s.runCampaign(ctx, v, file, from)
	case "campstats":
		return s.campaignStats(ctx, v)
	case "exportcamp":
		return s.exportCampaign(ctx, v)
	}
	return nil, refuse("action is not import, bbp, campstats or exportcamp")
}

// namesList tells whether a request names a file of this machine's folder.
func namesList(v url.Values) bool { return v.Get("importfile") != "" || v.Get("importfilepath") != "" }

// refuseCampaign tells why something was not done; what went wrong with the
// store is for the log. What the client named may stand in the reason, so that
// no id may be read out of it.
func (s *Server) refuseCampaign(ctx context.Context, err error) page {
	var refused *broadcast.RefusedError
	switch {
	case errors.As(err, &refused):
		return refusal(strings.ReplaceAll(refused.Reason, "[ReqId=", "[ReqId ="))
	case errors.Is(err, broadcast.ErrNoCampaign):
		return refusal(broadcast.ErrNoCampaign.Error())
	}
	s.cfg.Log.ErrorContext(ctx, "campaign", "error", err)
	return refusal("the gateway cannot use its store of campaigns now")
}

// refuse is a reason that the client is told.
func refuse(format string, values ...any) error {
	return &broadcast.RefusedError{Reason: fmt.Sprintf(format, values...)}
}

// imported is a list with those on it whom a request has named.
type imported struct {
	list   broadcast.List
	merged broadcast.Merged
}

func (s *Server) importList(ctx context.Context, v url.Values, file []byte) ([]entry, error) {
	done, err := s.addList(ctx, v, file)
	if err != nil {
		return nil, err
	}
	return []entry{
		{"status", "OK"}, {"leadsrc_id", done.list.ID}, {"leadsrcname", done.list.Name}, {"total", int64(len(done.list.Rows))},
		{"added", int64(done.merged.Added)}, {"merged", int64(done.merged.Filled)}, {"skipped", int64(done.merged.Left)},
	}, nil
}

// addList reads the list that a request brings or names, and adds it to the
// one that is kept under its name.
func (s *Server) addList(ctx context.Context, v url.Values, file []byte) (imported, error) {
	name := cmp.Or(text(v, "leadsrcname"), text(v, "listname"), fileTitle(text(v, "importfile")))
	if name == "" {
		return imported{}, refuse("the list has no name (leadsrcname)")
	}
	how, err := mergeOption(text(v, "mergeopt"))
	if err != nil {
		return imported{}, err
	}
	layout, err := fileLayout(v)
	if err != nil {
		return imported{}, err
	}
	if file == nil {
		if file, err = s.localFile(cmp.Or(text(v, "importfilepath"), text(v, "importfile"))); err != nil {
			return imported{}, err
		}
	}
	table, err := broadcast.ReadTable(file, layout)
	if err != nil {
		return imported{}, refuse("%v", err)
	}
	list, merged, err := s.campaigns.engine.Import(ctx, name, table, how)
	return imported{list, merged}, err
}

// localFile reads a file of the gateway's folder that a request names.
func (s *Server) localFile(name string) ([]byte, error) {
	if name == "" {
		return nil, refuse("there is no list: send it as a part named file, or name one of the gateway's folder (importfilepath)")
	}
	body, err := source{folder: s.cfg.VXMLFolder}.file(name)
	if err != nil {
		return nil, refuse("the list cannot be read: %v", err)
	}
	return body, nil
}

// text returns a parameter without space around it. What is not UTF-8 is read
// as Latin-1.
func text(v url.Values, name string) string {
	value := v.Get(name)
	if !utf8.ValidString(value) {
		runes := make([]rune, 0, len(value))
		for _, b := range []byte(value) {
			runes = append(runes, rune(b))
		}
		value = string(runes)
	}
	return strings.TrimSpace(value)
}

// fileTitle is the name of a file of any system without folder and ending.
func fileTitle(file string) string {
	file = path.Base("/" + strings.ReplaceAll(file, `\`, "/"))
	return strings.Trim(strings.TrimSuffix(file, path.Ext(file)), "/")
}

func mergeOption(option string) (broadcast.Merge, error) {
	switch strings.ToLower(option) {
	case "", "skip":
		return broadcast.MergeSkip, nil
	case "empty":
		return broadcast.MergeEmpty, nil
	}
	return 0, refuse("mergeopt is not empty or skip")
}

func fileLayout(v url.Values) (broadcast.Layout, error) {
	layout := broadcast.Layout{Header: text(v, "row1") == "1"}
	switch separator := strings.ToLower(v.Get("fieldsep")); separator {
	case "", ",":
		layout.Separator = ','
	case ";", "|", "\t":
		layout.Separator = rune(separator[0])
	case "tab", `\t`:
		layout.Separator = '\t'
	default:
		return layout, refuse("fieldsep is not one of , ; | and tab")
	}
	return layout, nil
}

// runCampaign starts a campaign on a list that is kept, or on the people of a
// list that the request brings along.
func (s *Server) runCampaign(ctx context.Context, v url.Values, file []byte, from string) ([]entry, error) {
	if s.stopping.Load() {
		return nil, refuse("the gateway is shutting down")
	}
	plan, err := s.campaignPlan(v, from)
	if err != nil {
		return nil, err
	}
	list := text(v, "listname")
	if file != nil || namesList(v) {
		done, err := s.addList(ctx, v, file)
		if err != nil {
			return nil, err
		}
		list, plan.Only = done.list.Name, done.merged.Rows
		if plan.Only == nil {
			plan.Only = []int{} // nobody, and not everybody
		}
	}
	if list == "" {
		return nil, refuse("listname is missing, and no list came with the request")
	}
	c, err := s.campaigns.engine.Start(ctx, list, plan)
	if err != nil {
		return nil, err
	}
	s.cfg.Log.InfoContext(ctx, "campaign started", "campaign", c.ID)
	return []entry{{"status", "OK"}, {"camp_id", int64(c.ID)}, {"leadsrc_id", c.ListID}}, nil
}

// campaignPlan reads what a campaign is to do.
func (s *Server) campaignPlan(v url.Values, from string) (broadcast.Plan, error) {
	p := broadcast.Plan{Phones: text(v, "phonecols")}
	p.Name, p.CallerID, p.From = text(v, "CAMP_NAME"), text(v, "callerid"), from
	if text(v, "calldisps") != "" {
		return p, refuse("calldisps is not supported: a campaign calls everybody on its list")
	}
	var err error
	if p.Lines, err = lineCount(text(v, "lines")); err != nil {
		return p, err
	}
	if p.Message, err = s.campaignMessage(text(v, "msgtype"), text(v, "msginfo"), p.Name); err != nil {
		return p, err
	}
	return p, s.sayable(p.Campaign)
}

// lineCount reads how many calls a campaign may have at a time; zero is as
// many as the gateway has lines.
func lineCount(given string) (int, error) {
	if given == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 || n > mostLines {
		return 0, refuse("lines is not a number from 1 to %d", mostLines)
	}
	return n, nil
}

// campaignMessage reads what is said. Voicent's own campaigns keep a message
// under their name; so a request without one plays the application of the
// campaign's name.
func (s *Server) campaignMessage(kind, info, name string) (broadcast.Message, error) {
	switch strings.ToLower(kind) {
	case "":
		if _, deployed := s.cfg.Apps[name]; info == "" && deployed {
			return broadcast.Message{App: name}, nil
		}
		return broadcast.Message{}, refuse("there is no message: send msgtype and msginfo, or name the campaign (CAMP_NAME) after an application of this gateway")
	case "tts":
		return broadcast.Message{Text: info}, s.needed(info)
	case "audio":
		return broadcast.Message{Recording: info}, s.needed(info)
	case "ivr", "survey", "template":
		return broadcast.Message{App: info}, s.needed(info)
	}
	return broadcast.Message{}, refuse("msgtype is not audio, ivr, survey, template or tts")
}

func (s *Server) needed(info string) error {
	if info == "" {
		return refuse("msginfo is missing")
	}
	return nil
}

// sayable tells why calls of c could not be made: then it is not started.
func (s *Server) sayable(c broadcast.Campaign) error {
	if err := s.servable(c.Sample()); err != nil {
		return refuse("%v", err)
	}
	if c.Message.Recording == "" {
		return nil
	}
	sound, err := source{folder: s.cfg.VXMLFolder}.file(c.Message.Recording)
	if err == nil {
		_, err = audio.Length(sound)
	}
	if err != nil {
		return refuse("the recording cannot be played: %v", err)
	}
	return nil
}

// campaign finds the campaign that a request names: by its own ID, or by that
// of its list, which early clients give in any of the parameters.
func (s *Server) campaign(ctx context.Context, v url.Values) (broadcast.Campaign, error) {
	given := cmp.Or(text(v, "camp_id"), text(v, "camp_id_id"), text(v, "leadsrc_id"))
	id, err := strconv.ParseInt(given, 10, 64)
	if err != nil {
		return broadcast.Campaign{}, refuse("camp_id is not a campaign's number")
	}
	var c broadcast.Campaign
	if broadcast.IsID(gateway.ReqID(id)) {
		c, err = s.campaigns.store.Campaign(ctx, gateway.ReqID(id))
	} else {
		c, err = s.campaigns.store.Latest(ctx, id)
	}
	if err == nil && c.Removed {
		err = broadcast.ErrNoCampaign
	}
	return c, err
}
