package contacts

import "rollcall/campaign/phone"

const local phone.Why = "local"

func padded(string, phone.Region) (phone.Number, bool) { return "", false }

func unplussed(string, phone.Region) (phone.Number, bool) { return "", false }
