package view

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// DoubtsPage is the rows of all campaigns of which nobody knows whether they
// were called.
type DoubtsPage struct {
	Rows Marks[int, DoubtRow] // the key is the page's number
	IDs  []campaign.ContactID
}

// DoubtRow is such a row, its campaign, and the call in doubt.
type DoubtRow struct {
	Contact  campaign.Contact
	Campaign campaign.Campaign
	Attempt  campaign.Attempt
}

// FindDoubts returns all rows in doubt.
func (o *Office) FindDoubts(ctx context.Context) ([]campaign.ContactID, error) {
	return o.Store.InDoubt(ctx)
}

// LoadDoubts reads some of these rows, in the order of ids; any that was decided
// meanwhile is as it is now, and one that is gone is empty.
func (o *Office) LoadDoubts(ctx context.Context, ids []campaign.ContactID) ([]DoubtRow, error) {
	rows, err := o.Store.Contacts(ctx, ids)
	if err != nil {
		return nil, err
	}
	attempts, err := o.Store.OpenOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	open := map[campaign.ContactID]campaign.Attempt{}
	for _, a := range attempts {
		open[a.Contact] = a
	}
	list := make([]DoubtRow, len(ids))
	campaigns := map[campaign.ID]campaign.Campaign{}
	for _, c := range rows {
		of, known := campaigns[c.Campaign]
		if !known {
			if of, err = o.Store.Campaign(ctx, c.Campaign); err != nil {
				return nil, err
			}
			campaigns[c.Campaign] = of
		}
		list[slices.Index(ids, c.ID)] = DoubtRow{Contact: c, Campaign: of, Attempt: open[c.ID]}
	}
	return list, nil
}

// Take brings the rows in doubt, unless they were asked for anew since.
func (p *DoubtsPage) Take(asked int, ids []campaign.ContactID) bool {
	var pages []int
	for first := 0; first < len(ids); first += MarkPage {
		pages = append(pages, first/MarkPage)
	}
	if !p.Rows.Replace(asked, pages, len(ids)) {
		return false
	}
	p.IDs = ids
	return true
}

// Page is the rows of a page of these.
func (p *DoubtsPage) Page(page int) []campaign.ContactID {
	first := page * MarkPage
	return p.IDs[first:min(first+MarkPage, len(p.IDs))]
}

// DoubtLine is a row of the grid in words.
type DoubtLine struct{ Campaign, Row, Name, Number, When, Through, Known string }

// Row is row i in words, and false while it is not loaded.
func (p *DoubtsPage) Row(i int, now time.Time) (DoubtLine, bool) {
	d, ok := p.Rows.At(i)
	if !ok {
		return DoubtLine{}, false
	}
	return DoubtLine{
		Campaign: d.Campaign.Name, Row: Count(d.Contact.Row), Name: d.Contact.Name, Number: NumberOf(d.Contact),
		When: words.When(d.Attempt.Begun, now), Through: GatewayWords(d.Attempt.Gateway), Known: words.Sentence(d.Contact.Why, now),
	}, true
}

// GatewayWords names a gateway.
func GatewayWords(address string) string {
	if address == "" || address == campaign.BuiltIn {
		return words.Say("Built-in gateway")
	}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// DoubtWords explains once what doubt is.
func DoubtWords() string {
	return words.Say("These people may or may not have been called: something failed between sending the call and hearing how it went. Rollcall never calls them again by itself. Look at your telephone bill or ask your gateway, then decide.")
}

// DecideWords asks before several rows are decided about.
func DecideWords(r campaign.Ruling, n int) (title, meaning string) {
	if r == campaign.RuledCalled {
		return words.Many(n, "Was %s person called?", "Were %s people called?"),
			words.Say("They are done and are not called again; how the calls went stays unknown. This cannot be undone.")
	}
	return words.Many(n, "Call %s person again?", "Call %s people again?"),
		words.Say("They are called when their campaign goes on. In a campaign that is over they count as cancelled. This cannot be undone.")
}

// DecidedWords says what was decided.
func DecidedWords(r campaign.Ruling, n int) string {
	if r == campaign.RuledCalled {
		return words.Many(n, "%s person counts as called", "%s people count as called")
	}
	return words.Many(n, "%s person is called again when the campaign goes on", "%s people are called again when their campaigns go on")
}

// AskedAgain is what came of asking gateways once more.
type AskedAgain struct {
	Settled int // it is known now how these went
	Silent  map[string]error
	Asked   int
}

// Words says what came of it.
func (a AskedAgain) Words() string {
	var said []string
	if a.Settled > 0 {
		said = append(said, words.Many(a.Settled, "It is known now how %s call went.", "It is known now how %s calls went."))
	}
	if rest := a.Asked - a.Settled; rest > 0 {
		said = append(said, words.Many(rest, "About %s call the gateway knows no more: you decide.", "About %s calls the gateway knows no more: you decide."))
	}
	for _, address := range slices.Sorted(maps.Keys(a.Silent)) {
		said = append(said, words.Say("%s does not answer. Nothing was changed there.", GatewayWords(address)))
	}
	return strings.Join(said, " ")
}

// AskAgain asks the gateways once more how calls in doubt went, and settles
// those of which they know.
func (o *Office) AskAgain(ctx context.Context, rows []DoubtRow) (AskedAgain, error) {
	done := AskedAgain{Silent: map[string]error{}}
	for _, row := range rows {
		name := row.Attempt.Gateway
		if row.Contact.Status != campaign.Doubt || row.Attempt.ID == 0 || done.Silent[name] != nil {
			continue
		}
		status, err := o.askOne(ctx, row)
		var refused *gateway.RefusedError
		switch {
		case ctx.Err() != nil:
			return done, ctx.Err()
		case err == nil, errors.Is(err, gateway.ErrUnknownCall), errors.Is(err, gateway.ErrUnreadable), errors.As(err, &refused):
			done.Asked++
		default:
			done.Silent[name] = err
			continue
		}
		s, known := campaign.Asked(time.Now(), row.Campaign, row.Attempt, status)
		if !known {
			continue
		}
		if err := o.Store.Settle(ctx, s); err != nil {
			return done, err
		}
		done.Settled++
	}
	return done, o.Store.Sync(ctx)
}

// askOne asks the gateway of a call how it went. The zero status says nothing.
func (o *Office) askOne(ctx context.Context, row DoubtRow) (gateway.Status, error) {
	address := row.Attempt.Gateway
	if address == "" || address == campaign.BuiltIn {
		lines := 1
		borrowed, err := o.borrowGateway(ctx, lines, row.Campaign.Settings.Speed)
		if err != nil {
			return gateway.Status{}, err
		}
		defer o.returnGateway(borrowed, &lines)
		address = borrowed.URL()
	}
	client := &gateway.Client{URL: address}
	id := row.Attempt.ReqID
	if id == 0 {
		l, err := client.Lookup(ctx, row.Attempt.Reference)
		if errors.Is(err, gateway.ErrNotExtended) {
			return gateway.Status{}, nil
		}
		if err != nil || l.ReqID == 0 {
			return gateway.Status{}, err
		}
		id = l.ReqID
	}
	return client.Status(ctx, id)
}

// AskAbout asks the gateways about these rows, a page at a time.
func (o *Office) AskAbout(ctx context.Context, ids []campaign.ContactID) (AskedAgain, error) {
	all := AskedAgain{Silent: map[string]error{}}
	for part := range slices.Chunk(ids, MarkPage) {
		rows, err := o.LoadDoubts(ctx, part)
		if err != nil {
			return all, err
		}
		done, err := o.AskAgain(ctx, rows)
		all.Settled, all.Asked = all.Settled+done.Settled, all.Asked+done.Asked
		maps.Copy(all.Silent, done.Silent)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}
